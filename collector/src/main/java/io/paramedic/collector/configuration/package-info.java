/**
 * Decides from which file of {@code xl} a VM can be started again. A file is read and never evaluated; what is not understood
 * word for word, what is named twice differently and what was changed on a command line is no configuration.
 */
@NullMarked
package io.paramedic.collector.configuration;

import org.jspecify.annotations.NullMarked;

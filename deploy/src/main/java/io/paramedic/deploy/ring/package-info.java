/**
 * Decides how the parts of Paramedic are put together in one process: which log they share, in which order they start and
 * stop, and that the process does not go on pretending when one of them can no longer do its work.
 */
@NullMarked
package io.paramedic.deploy.ring;

import org.jspecify.annotations.NullMarked;

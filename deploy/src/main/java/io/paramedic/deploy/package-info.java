/**
 * The distribution: puts the modules together into one command line. Decides only what the user sees.
 */
@NullMarked
package io.paramedic.deploy;

import org.jspecify.annotations.NullMarked;

/**
 * Decides how text looks on a terminal: columns, colour, and that nothing which came from a host can move the cursor.
 */
@NullMarked
package io.paramedic.deploy.screen;

import org.jspecify.annotations.NullMarked;

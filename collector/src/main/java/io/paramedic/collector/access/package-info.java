/**
 * Decides how a command reaches a host and what its fate is called. The world's failures are values here; what a command
 * means, and what its output says, is decided elsewhere.
 */
@NullMarked
package io.paramedic.collector.access;

import org.jspecify.annotations.NullMarked;

/**
 * Decides for each step and each toolstack what is run on a host, and by what is seen afterwards whether it had its effect.
 * Whether a step is wise is not decided here; whether it is still safe is decided by the guard on the host. Time and
 * connections are handed in.
 */
@NullMarked
package io.paramedic.actuator.rung;

import org.jspecify.annotations.NullMarked;

/**
 * Decides nothing yet. Leases, the host guard and the rungs will live here; until they do, no part of Paramedic can change
 * anything on a host.
 */
@NullMarked
package io.paramedic.actuator;

import org.jspecify.annotations.NullMarked;

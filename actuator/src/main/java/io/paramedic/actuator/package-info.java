/**
 * Acts, and only here is anything changed on a host: under a lease that the log granted, through the guard on the host, at most
 * once for each command. Whether a step is wise is decided in the analyzer.
 */
@NullMarked
package io.paramedic.actuator;

import org.jspecify.annotations.NullMarked;

/**
 * Simulated hosts for tests, for trying out, and for {@code simulate-hosts}. Decides which hosts the ready-made scenarios
 * show and how they are presented.
 */
@NullMarked
package io.paramedic.deploy.simulation;

import org.jspecify.annotations.NullMarked;

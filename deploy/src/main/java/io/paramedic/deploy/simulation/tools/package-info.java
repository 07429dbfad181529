/**
 * Decides what each program of a simulated host prints, returns and changes, from the model alone and byte for byte as the
 * real ones do (toolstack facts §1 to §3, lab facts).
 */
@NullMarked
package io.paramedic.deploy.simulation.tools;

import org.jspecify.annotations.NullMarked;

/**
 * Decides what is asked of a host in one look, how often and for how long, and reduces the answers to conditions and signals.
 * It looks and never judges: no verdict is made here. {@link io.paramedic.collector.sampling.HostLook} looks once and waits
 * between its samples; {@link io.paramedic.collector.sampling.Sampler} looks again and again and leaves the waiting to its
 * caller; the rest is pure.
 */
@NullMarked
package io.paramedic.collector.sampling;

import org.jspecify.annotations.NullMarked;

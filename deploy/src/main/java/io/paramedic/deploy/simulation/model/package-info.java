/**
 * Decides what a simulated Xen host is: its domains, hypervisor state, xenstore, processes and toolstack records, and how
 * they change with an injected time. Nothing here prints, listens or touches a file.
 */
@NullMarked
package io.paramedic.deploy.simulation.model;

import org.jspecify.annotations.NullMarked;

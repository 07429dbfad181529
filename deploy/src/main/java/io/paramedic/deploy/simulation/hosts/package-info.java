/**
 * Decides how a command line reaches the model of a simulated host: over real SSH, answered in this process where no shell
 * is needed and by a real shell with stand-in programs where one is. Sockets, files, processes and threads of the
 * simulation are here and nowhere else.
 */
@NullMarked
package io.paramedic.deploy.simulation.hosts;

import org.jspecify.annotations.NullMarked;

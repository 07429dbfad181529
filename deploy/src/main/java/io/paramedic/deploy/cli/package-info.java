/**
 * The command line. Decides what a person types, what a script reads from the exit code, and how a mistake in typing is
 * answered; what the commands find out is decided in the modules.
 */
@NullMarked
package io.paramedic.deploy.cli;

import org.jspecify.annotations.NullMarked;

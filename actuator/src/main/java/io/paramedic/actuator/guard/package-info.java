/**
 * Decides, on the host itself and under its lock, whether an act may begin, and remembers what became of it. The program that
 * does so is a shell script, sent along with each call; here are its text, what is said to it and what it answers. Nothing
 * in this package runs it.
 */
@NullMarked
package io.paramedic.actuator.guard;

import org.jspecify.annotations.NullMarked;

/**
 * Decides which commands this actuator carries out and in which order, and that nothing is done without a granted lease, twice
 * or in silence: it claims, lets the rungs run the step, tells the outcome, and only then commits. The shell around the book of
 * leases and the rungs: threads, time and Kafka.
 */
@NullMarked
package io.paramedic.actuator.service;

import org.jspecify.annotations.NullMarked;

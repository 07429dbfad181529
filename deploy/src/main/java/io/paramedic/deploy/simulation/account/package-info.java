/**
 * Decides what the record of simulated hosts amounts to: which commands only look, which VM a command names or hits, and
 * what was done twice. Pure: it is given the record and what the hosts know of their guests.
 */
@NullMarked
package io.paramedic.deploy.simulation.account;

import org.jspecify.annotations.NullMarked;

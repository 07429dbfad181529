package io.paramedic.analyzer.sightings;

/**
 * What one sighting led to.
 *
 * @param host as it is known now
 * @param rebooted whether the host is in another boot than before, so that none of its former domains is left
 * @param change in its domains
 */
public record Reading(HostState host, boolean rebooted, Change change) {}

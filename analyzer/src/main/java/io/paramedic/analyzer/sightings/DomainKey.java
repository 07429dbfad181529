package io.paramedic.analyzer.sightings;

/**
 * Xen's number on a host.
 *
 * @param host the host's name
 * @param domid from 0
 */
public record DomainKey(String host, int domid) implements Comparable<DomainKey> {
    @Override
    public int compareTo(DomainKey other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(domid, other.domid);
    }
}

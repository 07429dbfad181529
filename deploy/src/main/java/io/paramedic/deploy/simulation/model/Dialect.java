package io.paramedic.deploy.simulation.model;

/** Which toolstack a simulated host runs. */
public enum Dialect {
    /** Plain Xen with {@code xl}, as Debian packages it. */
    XL,
    /** XCP-ng or XenServer: xapi and xenopsd, {@code xe}, {@code list_domains}. */
    XCP_NG
}

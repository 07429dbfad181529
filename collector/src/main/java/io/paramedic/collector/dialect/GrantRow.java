package io.paramedic.collector.dialect;

/**
 * One domain's grant table (toolstack facts §7).
 *
 * @param domid Xen's number for the domain
 * @param frames frames in use, a high-water mark
 * @param maxFrames the limit; reached, the table cannot grow, which is not the same as full
 */
public record GrantRow(int domid, int frames, int maxFrames) {}

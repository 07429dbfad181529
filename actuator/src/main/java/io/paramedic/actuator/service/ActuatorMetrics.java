package io.paramedic.actuator.service;

/**
 * What an actuator did since it started, and what it has to do.
 *
 * @param partitions of {@code commands} that it owns now
 * @param readingLeases of those, how many still read their leases and take no command yet
 * @param waiting commands that were fetched and have not begun
 * @param running commands that are being carried out
 * @param commands that were delivered, those that came again included
 * @param acts steps that were handed to the rungs
 * @param done outcomes that were told as done
 * @param refused outcomes that were told as refused
 * @param unknown outcomes that were told as unknown or garbled
 * @param otherwise other final outcomes that were told
 * @param settled of the outcomes, those that were found out by asking a host after somebody else had begun
 * @param skipped commands that came again and whose outcome was on the log
 * @param quarantined commands that could not be read
 * @param holdsTold hosts that were told of a hold, and were idle
 */
public record ActuatorMetrics(
        int partitions,
        int readingLeases,
        int waiting,
        int running,
        long commands,
        long acts,
        long done,
        long refused,
        long unknown,
        long otherwise,
        long settled,
        long skipped,
        long quarantined,
        long holdsTold) {}

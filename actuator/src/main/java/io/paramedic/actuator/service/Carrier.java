package io.paramedic.actuator.service;

import java.util.concurrent.CompletableFuture;

/** Carries out the commands of one partition. */
interface Carrier extends AutoCloseable {
    /** Done when commands may come; fails where they never may. */
    CompletableFuture<Void> ready();

    /**
     * Carries out one command and returns when its final outcome is on the log.
     *
     * @return whether it is finished; if not, it is left to who owns the partition now
     */
    boolean carryOut(Order order) throws InterruptedException;

    /** The partition belongs to somebody else now; what runs goes on. */
    void lost();

    /** Nothing runs any more. */
    @Override
    void close();
}

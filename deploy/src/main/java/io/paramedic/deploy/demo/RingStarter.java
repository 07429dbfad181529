package io.paramedic.deploy.demo;

import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Starts the whole ring for the demonstration, as {@code up} does: a broker of its own, the topics, the inventory, the
 * policies, the hosts enrolled, and collector, analyzer and actuator.
 */
@FunctionalInterface
public interface RingStarter {
    /**
     * Returns when the log is there; the services may still be on their way up.
     *
     * @throws CannotStart with a sentence for a person; nothing is left running then
     */
    Ring start(Setup setup) throws CannotStart, InterruptedException;

    /**
     * What to start it for.
     *
     * @param directory an empty one for the broker's data and whatever else must be on disk; the caller removes it
     * @param inventory the hosts, each with its own port on 127.0.0.1, its key, the private key to use and its probes
     * @param pools whose policy is {@code Policy.DEFAULT} in mode act, with its times divided by {@code factor}
     * @param factor by which the demonstration's times are shorter than real ones
     */
    record Setup(Path directory, List<HostRecord> inventory, List<String> pools, double factor) {
        public Setup {
            inventory = List.copyOf(inventory);
            pools = List.copyOf(pools);
        }
    }

    /** A ring that turns. */
    interface Ring extends AutoCloseable {
        /** The log that all parts share; the demonstration reads incidents, journal, overview and leases from it. */
        Log log();

        /** Completes with a sentence when a part can no longer do its work. */
        CompletableFuture<String> failure();

        /**
         * The whole texts of the shell scripts that the ring sends to hosts, such as the guard's: what is sent beside
         * these and plain words counts as unknown.
         */
        List<String> scripts();

        /** Stops all of it, within seconds. */
        @Override
        void close();
    }

    /** The ring did not come up. */
    final class CannotStart extends Exception {
        private static final long serialVersionUID = 1;

        public CannotStart(String sentence, Throwable cause) {
            super(sentence, cause);
        }

        public CannotStart(String sentence) {
            super(sentence);
        }
    }
}

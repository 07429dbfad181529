package io.paramedic.deploy.broker;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches what Kafka takes for fatal. Left alone it would halt the JVM, and with it the analyzer and every actuator that
 * is just waiting for an act to end; here it becomes a sentence, and the owner of the broker decides.
 */
final class NodeFaults implements FaultHandlerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFaults.class);

    /** Kafka's exit procedure is one per JVM and does not say which broker means it; outside tests there is one. */
    private static final Set<NodeFaults> RUNNING = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<Throwable> first = new CompletableFuture<>();

    /** From now on, until {@link #forget}, this node also hears of calls to end the JVM. */
    static NodeFaults watch() {
        NodeFaults faults = new NodeFaults();
        RUNNING.add(faults);
        Exit.setExitProcedure(NodeFaults::refuseToEnd);
        Exit.setHaltProcedure(NodeFaults::refuseToEnd);
        return faults;
    }

    void forget() {
        RUNNING.remove(this);
    }

    /** Completes with the first fatal fault. */
    CompletableFuture<Throwable> first() {
        return first;
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            FaultHandlerException fault = new FaultHandlerException(name + ": " + message, cause);
            try {
                action.run();
            } finally {
                if (fatal) {
                    first.complete(fault);
                } else {
                    LOG.warn("The broker met a fault and goes on", fault);
                }
            }
            return fault;
        };
    }

    private static void refuseToEnd(int status, @Nullable String message) {
        String why = message == null || message.isBlank() ? "status " + status : message;
        IllegalStateException fault = new IllegalStateException("Kafka wanted to end the process: " + why);
        RUNNING.forEach(faults -> faults.first.complete(fault));
        // The caller relies on not coming back.
        throw fault;
    }
}

package io.paramedic.schemas.inventory;

import org.jspecify.annotations.Nullable;

/**
 * How to ask guests whether they live. A probe never changes anything in a guest. That a guest answers proves that it lives;
 * that it is silent proves nothing by itself.
 */
public sealed interface Probe {
    /** Every VM of the host. */
    String EVERY_VM = "*";

    /** The VM's uuid or its configured name, exactly, or {@link #EVERY_VM}. */
    String vm();

    /** Asks the network for an echo. {@code address} is absent where the one that the guest reports is used. */
    record Icmp(String vm, @Nullable String address) implements Probe {
        public Icmp {
            requireVm(vm);
        }
    }

    /**
     * Opens a connection and closes it. A refusal comes from the guest's kernel and shows that it lives.
     *
     * @param address absent where the one that the guest reports is used
     */
    record Tcp(String vm, @Nullable String address, int port) implements Probe {
        public Tcp {
            requireVm(vm);
            requirePort(port);
        }
    }

    /**
     * Gets a page; any status below 500 is an answer.
     *
     * @param address absent where the one that the guest reports is used
     * @param path of the page, with or without a leading slash
     * @param tls whether it is asked by HTTPS; whose certificate it shows does not matter
     */
    record Http(String vm, @Nullable String address, int port, String path, boolean tls) implements Probe {
        public Http {
            requireVm(vm);
            requirePort(port);
        }
    }

    /**
     * Reads a node of xenstore that the guest must keep changing.
     *
     * @param key path below the domain, for example {@code data/heartbeat}
     */
    record Heartbeat(String vm, String key) implements Probe {
        public Heartbeat {
            requireVm(vm);
            if (key.isBlank() || key.startsWith("/")) {
                throw new IllegalArgumentException("a heartbeat key is a path below the domain, not '" + key + "'");
            }
        }
    }

    private static void requireVm(String vm) {
        if (vm.isBlank()) {
            throw new IllegalArgumentException("a probe names its VM, or " + EVERY_VM);
        }
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }
}

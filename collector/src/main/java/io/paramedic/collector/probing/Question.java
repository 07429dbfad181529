package io.paramedic.collector.probing;

/** What is asked of one address. */
public sealed interface Question {
    /** A name or an address. */
    String address();

    /** In words; the same words mean the same question. */
    String words();

    /** Asks for an echo. */
    record Echo(String address) implements Question {
        @Override
        public String words() {
            return "icmp " + address;
        }
    }

    /** Opens a connection and closes it. */
    record Connect(String address, int port) implements Question {
        @Override
        public String words() {
            return "tcp " + at(address, port);
        }
    }

    /** Gets a page. */
    record Get(String address, int port, String path, boolean tls) implements Question {
        public Get {
            path = path.startsWith("/") ? path : "/" + path;
        }

        @Override
        public String words() {
            return (tls ? "https " : "http ") + at(address, port) + path;
        }
    }

    private static String at(String address, int port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}

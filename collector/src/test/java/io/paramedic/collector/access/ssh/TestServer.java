package io.paramedic.collector.access.ssh;

import java.security.KeyPair;
import java.util.List;

/** An SSH server on loopback that runs commands in a real shell. */
interface TestServer extends AutoCloseable {
    int port();

    KeyPair hostKey();

    /** Breaks all connections without a word. */
    void cut() throws Exception;

    /** Stops listening and breaks all connections. */
    @Override
    void close() throws Exception;

    /** Listens again on the same port, with the same host key. */
    void restart() throws Exception;

    /**
     * What kind of server to start.
     *
     * @param hostKeys the first is {@link TestServer#hostKey}
     * @param authorized the users' keys that it accepts
     * @param sessions how many channels it allows per connection
     */
    record Spec(List<KeyPair> hostKeys, List<KeyPair> authorized, int sessions) {}
}

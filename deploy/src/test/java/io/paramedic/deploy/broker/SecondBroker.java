package io.paramedic.deploy.broker;

import java.nio.file.Path;

/** A process that tries to start a broker on the given directory, prints what came of it, and waits to be killed. */
final class SecondBroker {
    private SecondBroker() {}

    public static void main(String[] arguments) throws Exception {
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(arguments[0])));
            System.out.println("STARTED " + broker.bootstrapServers());
            Thread.currentThread().join();
        } catch (BrokerCannotStart refused) {
            System.out.println(refused.reason() + " " + refused.getMessage());
        }
    }
}

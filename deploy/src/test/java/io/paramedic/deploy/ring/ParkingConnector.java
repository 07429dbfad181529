package io.paramedic.deploy.ring;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.schemas.inventory.HostRecord;
import java.util.function.Consumer;

/** Ways to hosts that hold what the actuator says to a guard, before it is sent or before its answer is read. */
record ParkingConnector(HostConnector real, Parks parks) implements HostConnector {
    private static final String LOOK = " paramedic-guard look ";
    private static final String ACT = " paramedic-guard act ";

    @Override
    public HostAccess connect(HostRecord host) {
        return new Parking(host.host(), real.connect(host), parks);
    }

    private record Parking(String host, HostAccess real, Parks parks) implements HostAccess {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public CommandResult run(HostCommand command) throws InterruptedException {
            boolean act = command.line().contains(ACT);
            if (command.line().contains(LOOK)) {
                parks.pass(host, Point.AFTER_CLAIM);
            }
            if (act) {
                parks.pass(host, Point.BEFORE_EXEC);
            }
            CommandResult result = real.run(command);
            if (act) {
                parks.pass(host, Point.AFTER_EFFECT);
            }
            return result;
        }

        @Override
        public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended)
                throws InterruptedException {
            return real.stream(command, line, ended);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}

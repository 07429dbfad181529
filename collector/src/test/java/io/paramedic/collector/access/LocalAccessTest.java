package io.paramedic.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalAccessTest extends HostAccessContract {
    private final LocalAccess local = new LocalAccess();

    @Override
    protected HostAccess access() {
        return local;
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void isNamedLocal() {
        assertThat(local.name()).isEqualTo("local");
    }

    @Test
    void killsTheWholeTreeAtTheLimit() throws Exception {
        CommandResult result =
                local.run(new HostCommand("(sleep 40 & echo $!; wait); true", Duration.ofMillis(700), 1000));

        long child = Long.parseLong(((CommandResult.TimedOut) result).stdout().strip());
        ProcessHandle sleep = ProcessHandle.of(child).orElse(null);
        if (sleep != null) {
            sleep.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }
}

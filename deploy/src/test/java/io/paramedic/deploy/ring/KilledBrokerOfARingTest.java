package io.paramedic.deploy.ring;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The broker alone is killed while everything else goes on, and comes back at the same address. */
@EnabledOnOs(OS.LINUX)
class KilledBrokerOfARingTest {
    @Test
    void isWaitedForAtWhateverPointOfAStepAndNothingIsDoneTwice(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        int port = freePort();
        try (Ward ward = new Ward()) {
            EveryPoint all = new EveryPoint(ward, "mute");
            RingChild broker = RingChild.serving(log, port, "broker", Set.of(), Map.of());
            try (broker;
                    RingChild parts = RingChild.joining(log, "parts", RingProcess.PARTS, all.parks());
                    OpenLog joined = OpenLog.joining(new LogHome.Embedded(log, port))) {
                ward.hand(joined.log());
                Books books = new Books(joined.log());
                parts.until("all hosts are trusted", () -> books.areTrusted(ward.names()));
                all.bringAbout(parts);

                broker.kill();
                // Each goes on now: to claim, to act, to tell, to release, and nobody hears of it.
                parts.release();

                try (RingChild _ = RingChild.serving(log, port, "broker-again", Set.of(), Map.of())) {
                    all.awaitHealed(parts, books);
                    all.judge(books);
                }
            }
        }
    }

    /** Taken once; the broker must come back where its clients look for it. */
    private static int freePort() throws Exception {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}

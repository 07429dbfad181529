package io.paramedic.deploy.ring;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole ring in one process, broker and all, that is killed and started again on its data. */
@EnabledOnOs(OS.LINUX)
class KilledProcessTest {
    @Test
    void finishesWhatItHadBegunAtWhateverPointAndDoesNothingTwice(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (Ward ward = new Ward()) {
            EveryPoint all = new EveryPoint(ward, "whole");
            try (RingChild first = RingChild.serving(log, 0, "first", RingProcess.PARTS, all.parks())) {
                try (OpenLog joined = OpenLog.joining(new LogHome.Embedded(log, 0))) {
                    ward.hand(joined.log());
                    Books books = new Books(joined.log());
                    first.until("all hosts are trusted", () -> books.areTrusted(ward.names()));
                }
                all.bringAbout(first);
                first.kill();
            }
            try (RingChild second = RingChild.serving(log, 0, "second", RingProcess.PARTS, Map.of());
                    OpenLog joined = OpenLog.joining(new LogHome.Embedded(log, 0))) {
                Books books = new Books(joined.log());
                all.awaitHealed(second, books);
                all.judge(books);
            }
        }
    }
}

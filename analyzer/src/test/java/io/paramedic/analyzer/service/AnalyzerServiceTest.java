package io.paramedic.analyzer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Gravity;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs no broker. */
class AnalyzerServiceTest {
    @Test
    void startsOnNoTopicsThatForbidIt() {
        Problem problem = new Problem("paramedic.events", "partitions", "12 instead of 4", "", Gravity.FORBIDS_RUNNING);
        Log sound = Events.log(4);
        Log broken = new Log(
                sound.connection(), sound.clusterId(), sound.partitions(), new Permission.MayNotRun(List.of(problem)));

        try (AnalyzerService analyzer = new AnalyzerService(broken, AnalyzerSettings.DEFAULT, "a")) {
            assertThatThrownBy(analyzer::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("12 instead of 4");
        }
    }

    @Test
    void anAnalyzerThatWasClosedStaysClosed() {
        AnalyzerService analyzer = new AnalyzerService(Events.log(4), AnalyzerSettings.DEFAULT, "a");
        analyzer.close();
        analyzer.close();

        assertThatThrownBy(analyzer::start).hasMessage("an analyzer is started once");
        assertThat(analyzer.failure()).isNotDone();
        assertThat(analyzer.metrics().streams()).isEqualTo("not started");
        assertThat(analyzer.metrics().partitions()).isEmpty();
    }
}

package io.paramedic.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Condition STUCK = new Condition.Running(Activity.STUCK_IN_XEN);

    private final Settling settling = new Settling(WatchSettings.DEFAULT);
    private Condition told = Seen.ACTIVE;
    private Duration uptime = Duration.ofHours(1);
    private int events;

    private void look(Condition seen) {
        uptime = uptime.plusSeconds(5);
        Condition now = settling.condition(told, seen, uptime);
        events += now.equals(told) ? 0 : 1;
        told = now;
    }

    @Test
    void aGuestThatFallsQuietIsToldSoAfterSomeLooks() {
        look(Seen.QUIET);
        look(Seen.QUIET);
        assertThat(told).isEqualTo(Seen.ACTIVE);
        look(Seen.QUIET);
        assertThat(told).isEqualTo(Seen.QUIET);
    }

    @Test
    void aGuestThatWakesIsToldSoAtOnce() {
        told = Seen.QUIET;
        look(Seen.ACTIVE);
        assertThat(told).isEqualTo(Seen.ACTIVE);
    }

    @Test
    void whatIsStuckIsToldAtOnce() {
        look(STUCK);
        assertThat(told).isEqualTo(STUCK);
    }

    @Test
    void aGuestThatKeepsChangingCostsEverLess() {
        for (int i = 0; i < 720; i++) {
            look(i % 6 < 4 ? Seen.QUIET : Seen.ACTIVE);
        }
        assertThat(events).isLessThan(20);
    }

    @Test
    void evenThenALastingQuietIsToldInTheEnd() {
        for (int i = 0; i < 720; i++) {
            look(i % 6 < 4 ? Seen.QUIET : Seen.ACTIVE);
        }
        for (int i = 0; i < WatchSettings.DEFAULT.mostSettleLooks(); i++) {
            look(Seen.QUIET);
        }
        assertThat(told).isEqualTo(Seen.QUIET);
    }

    @Test
    void aDeviceModelThatWaitsForItsDiskOnceIsNotBlocked() {
        settling.deviceModel(new DeviceModel(7, "Sl", null));
        assertThat(settling.deviceModel(new DeviceModel(7, "Dl", null))).matches(model -> !model.blocked());
        settling.deviceModel(new DeviceModel(7, "Dl", null));
        assertThat(settling.deviceModel(new DeviceModel(7, "Dl", null))).matches(DeviceModel::blocked);
    }

    @Test
    void aDeviceModelThatIsGoneIsToldAtOnce() {
        settling.deviceModel(new DeviceModel(7, "Sl", null));
        assertThat(settling.deviceModel(new DeviceModel(7, null, null))).matches(DeviceModel::dead);
    }
}

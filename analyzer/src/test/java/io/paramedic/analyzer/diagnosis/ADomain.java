package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.GrantUse;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A domain as observed, in words; healthy and idle until said otherwise. */
final class ADomain {
    private int domid = 5;
    private UUID handle = new UUID(7, 5);
    private @Nullable String name = "web";
    private Condition condition = new Condition.Running(Activity.QUIET);
    private List<String> flags = List.of("-b----", "-b----", "-b----", "-b----");
    private long memory = 4096;
    private long memoryChange;
    private Duration cpuTime = Duration.ofHours(1);
    private Duration cpuUsed = Duration.ZERO;
    private @Nullable Heartbeat heartbeat;
    private @Nullable String pendingRequest;
    private @Nullable DeviceModel deviceModel;
    private @Nullable GrantUse grants;
    private @Nullable XapiRecord record;
    private List<String> processes = List.of();
    private @Nullable Boolean reaper = false;
    private boolean xenstoreRead = true;

    static ADomain idle() {
        return new ADomain();
    }

    static ADomain dom0() {
        return new ADomain().domid(0).named("Domain-0").running(Activity.ACTIVE, "r-----");
    }

    ADomain domid(int number) {
        domid = number;
        handle = new UUID(7, number);
        return this;
    }

    ADomain handle(String text) {
        handle = UUID.fromString(text);
        return this;
    }

    ADomain named(@Nullable String text) {
        name = text;
        return this;
    }

    ADomain running(Activity activity, String... samples) {
        return is(new Condition.Running(activity), samples);
    }

    ADomain stuckInXen() {
        return running(Activity.STUCK_IN_XEN, "------", "------", "------", "------");
    }

    ADomain spinning() {
        cpuUsed = Duration.ofSeconds(10);
        return running(Activity.SATURATED, "r-----", "------", "r-----", "r-----");
    }

    ADomain paused() {
        return is(new Condition.Paused(), "--p---", "--p---", "--p---", "--p---");
    }

    ADomain stopped(ShutdownReason reason, String letters) {
        return is(new Condition.ShutDown(reason, letters.charAt(2) == 'p'), letters, letters, letters, letters);
    }

    ADomain dying(String... samples) {
        memory = 0;
        return is(new Condition.Dying(), samples);
    }

    ADomain is(Condition now, String... samples) {
        condition = now;
        flags = List.of(samples);
        return this;
    }

    ADomain cpuTimeSoFar(Duration time) {
        cpuTime = time;
        return this;
    }

    ADomain memory(long mib, long change) {
        memory = mib;
        memoryChange = change;
        return this;
    }

    ADomain heartbeat(String first, String last, Duration watched) {
        heartbeat = new Heartbeat("data/heartbeat", first, last, watched);
        return this;
    }

    ADomain request(String word) {
        pendingRequest = word;
        return this;
    }

    ADomain deviceModel(@Nullable String state) {
        deviceModel = new DeviceModel(4711, state, null);
        return this;
    }

    ADomain grants(int frames, int most) {
        grants = new GrantUse(frames, most);
        return this;
    }

    ADomain recordSays(String powerState, String operations) {
        return recordSays(powerState, operations, domid, AHost.UUID_IN_XAPI);
    }

    ADomain recordSays(String powerState, String operations, int itsDomid, @Nullable UUID residentOn) {
        record = new XapiRecord(handle, "web", powerState, itsDomid, operations, false, residentOn);
        return this;
    }

    ADomain reaper(@Nullable Boolean running) {
        reaper = running;
        return this;
    }

    ADomain xenstoreNotRead() {
        xenstoreRead = false;
        return this;
    }

    ADomain process(String commandLine) {
        processes = List.of(commandLine);
        return this;
    }

    DomainObservation seen() {
        return new DomainObservation(
                domid,
                handle,
                name,
                DomainType.PV,
                "xenstore /libxl/" + domid + "/type",
                2,
                memory,
                memoryChange,
                condition,
                flags,
                cpuTime,
                cpuUsed,
                Duration.ofMillis(100),
                new DomainSignals(
                        xenstoreRead ? name != null : null,
                        heartbeat,
                        pendingRequest,
                        deviceModel,
                        reaper,
                        grants,
                        null,
                        record,
                        processes,
                        List.of(),
                        null));
    }
}

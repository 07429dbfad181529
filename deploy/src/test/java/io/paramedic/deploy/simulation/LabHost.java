package io.paramedic.deploy.simulation;

import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostFaults;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.ManualTime;
import io.paramedic.deploy.simulation.model.RunState;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The lab host of the captures, rebuilt as a model: same guests, same states, same times. */
final class LabHost {
    private static final Instant BOOT = Instant.parse("2026-11-20T12:10:00Z");

    private final HostModel model;
    private final Consumer<Duration> advance;

    private LabHost(HostModel model, Consumer<Duration> advance) {
        this.model = model;
        this.advance = advance;
        furnish();
    }

    /** At the moment of {@code xl uptime}, which then stands still. */
    static HostModel standingStill() {
        ManualTime time = new ManualTime(BOOT);
        return new LabHost(new HostModel(HostFacts.xl("hva"), time, Duration.ofSeconds(245)), time::advance).model;
    }

    /** The same guests, all started at once, in a time of its own. */
    static HostModel in(TimeSource time) {
        return new LabHost(new HostModel(HostFacts.xl("hva"), time, Duration.ofSeconds(507)), step -> {}).model;
    }

    private void furnish() {
        start("g-healthy", "7e5cd6c9-56e5-45ab-bfcd-15beb333fd78", 1, 3);
        start("g-idle", "69af8e3c-c877-473d-b7dd-b4ea96d8fa44", 1, 4);
        start("g-ignore", "7be94a0d-510a-41fd-a917-ca79f6a94ce3", 1, 4);
        start("g-spin", "66354cb0-c4c0-4fd5-9483-34cd39d66b9b", 1, 4);
        start("g-irqoff", "71867411-b34f-487f-a450-949ab0a6ab7b", 1, 3);
        start("g-poll", "a82fb645-b562-43d7-9793-826faccebf6c", 1, 7);
        start("g-panic", "077d8572-d870-422b-ac48-15a02f64bb3a", 1, 20);
        start("g-shutdown", "5367a47c-f2c0-47d1-a621-267fe3977c80", 1, 15);
        start("g-rebooted", "2ab3cd8a-9b64-4fdf-ac10-a98a9010e8f6", 1, 14);
        start("g-paused", "2084863e-8820-4f48-bdfe-8e133525afd3", 1, 13);
        model.start(DomainSpec.pv("g-create-paused")
                .uuid("851112e8-ef74-41d5-af42-b9040e2ce487")
                .createdPaused());
        advance.accept(Duration.ofSeconds(4));
        start("g-two", "397f48c6-f3a0-4ed5-9315-46b56833ded5", 2, 0);
        start("z-zombie", "6ea59b8b-446e-4610-a94d-22e00cd079f9", 1, 0);
        start("z-two", "49529671-879b-4a72-bb41-01dc2faf459a", 1, 0);
        start("z-crashed", "039f6f63-ebdd-4209-af13-51177ef21d82", 1, 0);
        start("z-last", "f78ca302-bb18-4078-ab0a-37d33fadd152", 1, 0);
        hurt(model.faults());
        advance.accept(Duration.ofSeconds(171));
        spend(model.faults());
    }

    private void start(String name, String uuid, int vcpus, int secondsAfter) {
        model.start(DomainSpec.pv(name).uuid(uuid).size(vcpus, 96));
        advance.accept(Duration.ofSeconds(secondsAfter));
    }

    private void hurt(HostFaults faults) {
        faults.behave(2, Behaviour.IDLE);
        faults.behave(3, Behaviour.IGNORES_SHUTDOWN);
        faults.behave(4, Behaviour.SPINNING);
        faults.behave(5, Behaviour.SPINNING);
        faults.behave(6, Behaviour.ASLEEP);
        faults.crashPreserved(7);
        faults.stuckShutdown(8);
        faults.rebootNotReaped(9);
        model.locked(() -> model.domain(10).ifPresent(model.lifecycle()::pause));
        faults.crashPreserved(15);
        for (int zombie = 13; zombie <= 16; zombie++) {
            faults.zombie(zombie);
        }
        faults.pin(4, RunState.RUNNING);
        faults.pin(5, RunState.NEITHER);
    }

    private void spend(HostFaults faults) {
        long[] tenths = {1177, 143, 128, 118, 1411, 1373, 60, 56, 47, 45, 45, 0, 0, 92, 42, 43, 42};
        for (int domid = 0; domid < tenths.length; domid++) {
            faults.cpuTime(domid, Duration.ofMillis(tenths[domid] * 100));
        }
        faults.cpuTime(12, 0, Duration.ofMillis(11_100));
        faults.cpuTime(12, 1, Duration.ofMillis(6_700));
    }
}

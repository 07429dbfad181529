package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A host as observed, in words; healthy, plain xl, watched for ten seconds until said otherwise. */
final class AHost {
    static final UUID UUID_IN_XAPI = new UUID(3, 3);

    private final List<ADomain> domains = new ArrayList<>(List.of(ADomain.dom0()));
    private Toolstack toolstack = Toolstack.XL;
    private Duration window = Duration.ofSeconds(10);
    private Answer xenstore = new Answer(How.ANSWERED, Duration.ofMillis(20));
    private Answer list = new Answer(How.ANSWERED, Duration.ofMillis(20));
    private @Nullable String xenstored = "Ss";
    private @Nullable String xenconsoled = "Sl";
    private double load = 0.3;

    static AHost with(ADomain... guests) {
        AHost host = new AHost();
        host.domains.addAll(List.of(guests));
        return host;
    }

    AHost xapi() {
        toolstack = Toolstack.XAPI;
        return this;
    }

    AHost watchedFor(Duration time) {
        window = time;
        return this;
    }

    AHost xenstore(How how, @Nullable String processState) {
        xenstore = new Answer(how, Duration.ofSeconds(6));
        xenstored = processState;
        return this;
    }

    AHost toolstack(How how, Duration took) {
        list = new Answer(how, took);
        return this;
    }

    AHost xenconsoled(@Nullable String processState) {
        xenconsoled = processState;
        return this;
    }

    AHost load(double average) {
        load = average;
        return this;
    }

    HostObservation seen() {
        return new HostObservation(
                "xen-07",
                new HostTime(new UUID(1, 1), Duration.ofDays(3)),
                window,
                new HostFacts(
                        toolstack,
                        "4.17.7",
                        "credit2",
                        65536L,
                        1024L,
                        "hvm",
                        "",
                        xenstore,
                        list,
                        load,
                        List.of(new Daemon("xenstored", xenstored), new Daemon("xenconsoled", xenconsoled)),
                        toolstack == Toolstack.XAPI ? UUID_IN_XAPI : null,
                        null),
                domains.stream().map(ADomain::seen).toList(),
                List.of());
    }

    Diagnosis diagnosed() {
        return Diagnosis.of(seen());
    }

    Finding finding(int domid) {
        return Objects.requireNonNull(diagnosed().domains().get(domid), "no finding for domid " + domid);
    }
}

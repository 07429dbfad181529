package io.paramedic.deploy.operator;

import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.wire.Shapes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words in which the types of the contract are shown to people. */
public final class Phrases {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int SHORT_ID = 8;

    private Phrases() {}

    /** An instant to the second, in UTC. */
    public static String time(Instant at) {
        return CLOCK.format(at);
    }

    /** For example {@code 1 min 30 s}; below ten seconds with a tenth. */
    public static String duration(Duration time) {
        if (time.compareTo(Duration.ofSeconds(10)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return seconds / 3600 + " h" + (seconds % 3600 < 60 ? "" : " " + seconds % 3600 / 60 + " min");
    }

    public static String verdict(Verdict verdict) {
        String words = verdict.name().replace('_', ' ');
        return verdict.severity() == Verdict.Severity.OK ? words.toLowerCase(Locale.ROOT) : words;
    }

    public static String phase(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static String vm(VmId vm) {
        return switch (vm) {
            case VmId.ByUuid(var uuid) -> uuid.toString();
            case VmId.ByName(String name) -> Paint.plain(name);
        };
    }

    /** By its name where it has one. */
    public static String vm(VmId vm, VmNames names) {
        String name = names.of(vm);
        return name == null ? vm(vm) : Paint.plain(name);
    }

    public static String incarnation(Incarnation one) {
        return "domid " + one.domid() + " on " + Paint.plain(one.host());
    }

    /** For example {@code north/1a2b3c4d}: enough to name an incident of a pool. */
    public static String shortKey(Incident incident) {
        String id = incident.id();
        return Paint.plain(incident.pool() + "/" + id.substring(0, Math.min(SHORT_ID, id.length())));
    }

    public static String subject(Subject subject, VmNames names) {
        return switch (subject) {
            case Subject.Domain(Incarnation one, VmId vm) ->
                (vm == null ? "a VM nobody knows" : vm(vm, names)) + ", " + incarnation(one);
            case Subject.Vm one ->
                vm(one.vm(), names)
                        + one.incarnations().stream()
                                .map(Phrases::incarnation)
                                .collect(Collectors.joining(" and ", ", ", ""));
            case Subject.Host(String host) -> "host " + Paint.plain(host);
            case Subject.CommonCause cause ->
                Paint.plain(cause.what()) + " (" + Paint.plain(String.join(", ", cause.hosts())) + ")";
        };
    }

    public static String vmOr(@Nullable VmId vm, String otherwise) {
        return vm == null ? otherwise : vm(vm);
    }

    public static String scope(Scope scope) {
        return switch (scope) {
            case Scope.Pool(String pool) -> "pool " + Paint.plain(pool);
            case Scope.Host(String pool, String host) -> "host " + Paint.plain(host) + " of pool " + Paint.plain(pool);
            case Scope.Vm(String pool, String host, VmId vm) ->
                "VM " + vm(vm) + " on " + Paint.plain(host) + " of pool " + Paint.plain(pool);
        };
    }

    /** For example {@code destroy domain, domid 12 on xen-a}. */
    public static String step(Step step) {
        String verb = Shapes.nameOf(step.getClass()).replace('-', ' ');
        return switch (step) {
            case Step.OnDomain on -> verb + ", " + target(on.target());
            case Step.StartVm start ->
                verb + " " + vm(start.vm()) + " on " + Paint.plain(start.on().host());
            case Step.OnHost on -> verb + " on " + Paint.plain(on.on().host());
        };
    }

    private static String target(Target target) {
        return incarnation(target.incarnation());
    }

    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(String proof) -> "done: " + Paint.plain(proof);
            case Outcome.Ineffective(String sentence) -> "no effect: " + Paint.plain(sentence);
            case Outcome.Refused refused ->
                "refused (" + refused.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "): "
                        + Paint.plain(refused.sentence());
            case Outcome.NotReached(String sentence) -> "not reached: " + Paint.plain(sentence);
            case Outcome.Running(String sentence) -> "still running: " + Paint.plain(sentence);
            case Outcome.Unknown(String sentence) -> "unknown, it may have run: " + Paint.plain(sentence);
            case Outcome.Garbled(String quote, String sentence) ->
                "garbled: " + Paint.plain(sentence) + " ('" + Paint.plain(quote) + "')";
        };
    }

    public static String condition(Condition condition) {
        return switch (condition) {
            case Condition.Running(Activity activity) ->
                "running, " + activity.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case Condition.Paused _ -> "paused";
            case Condition.ShutDown down ->
                "shut down: " + down.reason().name().toLowerCase(Locale.ROOT) + (down.paused() ? ", paused" : "");
            case Condition.Dying _ -> "dying";
            case Condition.Gone _ -> "gone";
        };
    }
}

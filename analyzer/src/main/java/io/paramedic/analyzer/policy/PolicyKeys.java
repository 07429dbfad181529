package io.paramedic.analyzer.policy;

import io.paramedic.analyzer.policy.Policy.Guards;
import io.paramedic.analyzer.policy.Policy.Patience;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.policy.Policy.RungRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Every key that a policy document may have. Reading, writing and the documentation all follow this one table.
 *
 * <p>A time has a least value because what is shorter than a few looks at a host cannot tell trouble from an unlucky
 * sample, and a most because a typing mistake must not switch a rule off in silence.
 */
final class PolicyKeys {
    static final String MODE = "mode";
    static final String UNSAFE_TIMES = "unsafe_times";
    static final String PROTECTED = "protected";

    private static final Duration FLOOR = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** In the order in which a document is written. */
    static final List<PolicyKey> ALL = Stream.of(general(), patience(), guards(), rungs(), named())
            .flatMap(List::stream)
            .toList();

    private PolicyKeys() {}

    private static List<PolicyKey> general() {
        return List.of(
                new PolicyKey.Choice(
                        MODE,
                        "How far Paramedic goes: observe (only says what it would do), advise (asks before each step),"
                                + " act."),
                new PolicyKey.Flag(
                        UNSAFE_TIMES,
                        "Permits times that are too short for real hosts. For demonstrations on simulated hosts only.",
                        PolicyKeys::hasUnsafeTimes));
    }

    private static List<PolicyKey> patience() {
        return List.of(
                patience("hung", "two independent witnesses must both persist", 20, HOUR, Patience::hung),
                patience("stopped", "a crash or a shutdown that nobody reaps must stay", 10, HOUR, Patience::stopped),
                patience("device_model", "a device model must be gone", 10, HOUR, Patience::deviceModel),
                patience("zombie", "a dead domain must stay", 20, DAY, Patience::zombie),
                patience("toolstack", "the tools of a host must not answer", 20, HOUR, Patience::toolstack),
                patience("host_silent", "nothing must be heard of a host", 15, HOUR, Patience::hostSilent),
                patience(
                        "learnt_probe",
                        "a probe that nobody configured must have answered before its silence means anything",
                        3_600,
                        Duration.ofDays(30),
                        Patience::learntProbe),
                patience(
                        "healthy", "a domain must look well before its incident is closed", 20, DAY, Patience::healthy),
                patience(
                        "start_up",
                        "nothing is done after a domain, a host or the analyzer has come up",
                        60,
                        HOUR,
                        Patience::startUp),
                new PolicyKey.Time(
                        "patience.evidence",
                        "How old a sample may be when a step begins.",
                        Patience.SHORTEST_EVIDENCE,
                        Patience.SHORTEST_EVIDENCE,
                        Duration.ofMinutes(2),
                        policy -> policy.patience().evidence()));
    }

    private static PolicyKey patience(
            String name, String meaning, int leastSeconds, Duration most, Function<Patience, Duration> of) {
        return new PolicyKey.Time(
                "patience." + name,
                "How long " + meaning + ".",
                FLOOR,
                Duration.ofSeconds(leastSeconds),
                most,
                policy -> of.apply(policy.patience()));
    }

    private static List<PolicyKey> guards() {
        return List.of(
                count(
                        "suspects",
                        "Suspects on one host or one storage that make a common cause.",
                        2,
                        10,
                        Guards::suspects),
                new PolicyKey.Time(
                        "guards.window",
                        "Time within which they must show to have a common cause.",
                        FLOOR,
                        Duration.ofSeconds(30),
                        HOUR,
                        policy -> policy.guards().window()),
                new PolicyKey.Time(
                        "guards.calm",
                        "How long nothing is done under a common cause after it is over.",
                        FLOOR,
                        Duration.ofMinutes(1),
                        DAY,
                        policy -> policy.guards().calm()),
                count(
                        "per_host_per_hour",
                        "Destructive steps on one host within an hour.",
                        0,
                        20,
                        Guards::perHostPerHour),
                count(
                        "per_pool_per_hour",
                        "Destructive steps in the pool within an hour.",
                        0,
                        100,
                        Guards::perPoolPerHour),
                count("per_vm_per_day", "Times that one VM may be reset within a day.", 0, 10, Guards::perVmPerDay),
                count(
                        "in_flight_per_pool",
                        "Recoveries under way in the pool at one time; on one host it is always one.",
                        1,
                        10,
                        Guards::inFlightPerPool),
                count(
                        "minimum_healthy_percent",
                        "Share of the pool's VMs that must be well, those under recovery not counted; 0, for a pool of"
                                + " one VM, asks nothing.",
                        0,
                        100,
                        Guards::minimumHealthyPercent));
    }

    private static PolicyKey count(String name, String meaning, int least, int most, ToIntFunction<Guards> of) {
        return new PolicyKey.Count("guards." + name, meaning, least, most, policy -> of.applyAsInt(policy.guards()));
    }

    private static List<PolicyKey> rungs() {
        List<PolicyKey> keys = new ArrayList<>();
        for (Rung rung : Rung.values()) {
            String section = "rungs." + word(rung) + ".";
            keys.add(new PolicyKey.Flag(
                    section + "enabled",
                    "Whether the rung may be used at all.",
                    policy -> rule(policy, rung).enabled()));
            keys.add(new PolicyKey.Flag(
                    section + "approval",
                    "Whether a person must say yes, also in mode act.",
                    policy -> rule(policy, rung).approval()));
            keys.add(new PolicyKey.Time(
                    section + "verify",
                    "How long after the step its effect is waited for.",
                    RungRule.SHORTEST_VERIFY,
                    Duration.ofSeconds(30),
                    HOUR,
                    policy -> rule(policy, rung).verify()));
        }
        return keys;
    }

    private static List<PolicyKey> named() {
        return List.of(new PolicyKey.Names(
                PROTECTED, "Names or uuids of VMs that are watched and never touched; * stands for any characters."));
    }

    /** A rung without a rule is not used; a document says so with {@code enabled: false}. */
    private static RungRule rule(Policy policy, Rung rung) {
        RungRule rule = policy.rungs().get(rung);
        return rule != null ? rule : new RungRule(false, true, Duration.ofMinutes(5));
    }

    /** As a document has it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(PolicyKeys::word).toList();
    }

    /** Whether any time is too short for real hosts. */
    static boolean hasUnsafeTimes(Policy policy) {
        return ALL.stream()
                .anyMatch(key -> key instanceof PolicyKey.Time time
                        && time.of().apply(policy).compareTo(time.least()) < 0);
    }

    /** A policy of the values of all keys. */
    static Policy policy(PolicyValues values) {
        Map<Rung, RungRule> rungs = new EnumMap<>(Rung.class);
        for (Rung rung : Rung.values()) {
            String section = "rungs." + word(rung) + ".";
            rungs.put(
                    rung,
                    new RungRule(
                            values.flag(section + "enabled"),
                            values.flag(section + "approval"),
                            values.time(section + "verify")));
        }
        return new Policy(values.mode(), patience(values), guards(values), rungs, values.names());
    }

    private static Patience patience(PolicyValues values) {
        return new Patience(
                values.time("patience.hung"),
                values.time("patience.stopped"),
                values.time("patience.device_model"),
                values.time("patience.zombie"),
                values.time("patience.toolstack"),
                values.time("patience.host_silent"),
                values.time("patience.learnt_probe"),
                values.time("patience.healthy"),
                values.time("patience.start_up"),
                values.time("patience.evidence"));
    }

    private static Guards guards(PolicyValues values) {
        return new Guards(
                values.count("guards.suspects"),
                values.time("guards.window"),
                values.time("guards.calm"),
                values.count("guards.per_host_per_hour"),
                values.count("guards.per_pool_per_hour"),
                values.count("guards.per_vm_per_day"),
                values.count("guards.in_flight_per_pool"),
                values.count("guards.minimum_healthy_percent"));
    }
}

package io.paramedic.analyzer.guards;

import io.paramedic.analyzer.policy.Policy.RungRule;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The guards, in the order in which they are told. Where a VM is down because of us, those that only weigh costs let its start
 * pass, and those against harm do not.
 */
public final class Guards {
    /** The guard that a pool that is only observed never passes. */
    public static final String MODE = "mode";
    /** The guard that waits for a person. */
    public static final String APPROVAL = "approval";
    /** The guard that a VM does not pass that was reset too often. */
    public static final String VM_BUDGET = "resets of the VM";

    private static final List<Function<Situation, Check>> ALL = List.of(
            Guards::live,
            Guards::rung,
            Guards::listed,
            Guards::trusted,
            Guards::unblocked,
            Guards::enabled,
            Guards::hostWell,
            Guards::noHold,
            Guards::unprotected,
            Guards::startUp,
            Guards::fresh,
            Guards::noOperation,
            Guards::nothingOut,
            Guards::onePerHost,
            Guards::fewInPool,
            Guards::hostBudget,
            Guards::poolBudget,
            Guards::vmBudget,
            Guards::healthyShare,
            Guards::noCommonCause,
            Guards::oneCopy,
            Guards::recordAgrees,
            Guards::startable,
            Guards::notRejected,
            Guards::mode,
            Guards::approval);

    private Guards() {}

    /** All of them, whatever the first says. */
    public static List<Check> ask(Situation now) {
        return ALL.stream().map(guard -> guard.apply(now)).toList();
    }

    static Check live(Situation now) {
        return new Check(
                "live",
                now.live(),
                now.live()
                        ? "the log is read as it grows"
                        : "the log is read with a delay, so what is known may be past");
    }

    static Check rung(Situation now) {
        Optional<RungRule> rule = now.policy().rule(now.rung());
        return new Check(
                "rung enabled",
                rule.isPresent() || now.rescue(),
                "policy " + (rule.isPresent() ? "allows " : "does not allow ") + word(now.rung()));
    }

    static Check listed(Situation now) {
        return new Check(
                "host in inventory",
                now.hostListed(),
                now.hostListed() ? "the host is in the inventory" : "the host is not in the inventory");
    }

    static Check trusted(Situation now) {
        return new Check("host trusted", now.hostReliable(), now.hostWhy());
    }

    static Check unblocked(Situation now) {
        return new Check(
                "host not blocked",
                !now.hostBlocked(),
                now.hostBlocked()
                        ? "what became of a command on this host is not known: a person must look and unblock it"
                        : "no command on it is unsettled");
    }

    static Check enabled(Situation now) {
        boolean disabled = Boolean.FALSE.equals(now.hostEnabled());
        // Only XAPI keeps a record of the VM, and only it knows of maintenance.
        boolean unknown = now.hostEnabled() == null && now.agrees() != null;
        return new Check(
                "host enabled",
                !disabled && !unknown,
                disabled
                        ? "the host is disabled, evacuated or in maintenance"
                        : unknown
                                ? "whether XAPI has the host enabled is not known"
                                : "the toolstack names no maintenance");
    }

    static Check hostWell(Situation now) {
        boolean well = now.hostTroubles().isEmpty();
        return new Check(
                "host well",
                well,
                well
                        ? "nothing is wrong with the host itself"
                        : "the host itself is in trouble: " + now.hostTroubles());
    }

    static Check noHold(Situation now) {
        boolean free = now.holds().isEmpty();
        return new Check("no hold", free, free ? "nobody has it on hold" : String.join("; ", now.holds()));
    }

    static Check unprotected(Situation now) {
        Optional<String> pattern = now.names().stream()
                .flatMap(name -> now.policy().protectionOf(name).stream())
                .findFirst();
        return new Check(
                "not protected",
                pattern.isEmpty() || now.rescue(),
                pattern.map(p -> "policy protects " + p).orElse("policy does not protect it"));
    }

    static Check startUp(Situation now) {
        Duration grace = now.policy().patience().startUp();
        boolean up = now.analyzerAge().compareTo(grace) >= 0
                && now.hostUptime().compareTo(grace) >= 0
                && (now.rescue() || now.domainAge().compareTo(grace) >= 0);
        return new Check(
                "start-up grace",
                up || now.rescue(),
                "nothing is done within " + seconds(grace) + " after a start; the analyzer reads for "
                        + seconds(now.analyzerAge()) + ", the host is up for " + seconds(now.hostUptime())
                        + ", the domain is known for " + seconds(now.domainAge()));
    }

    static Check fresh(Situation now) {
        Duration limit = now.policy().patience().evidence();
        return new Check(
                "fresh evidence",
                now.evidenceAge().compareTo(limit) <= 0,
                "the last sample is " + seconds(now.evidenceAge()) + " old, policy allows " + seconds(limit));
    }

    static Check noOperation(Situation now) {
        String operation = now.operation();
        return new Check(
                "no operation",
                operation == null,
                operation == null ? "nothing is at work on it" : "somebody is at work on it: " + operation);
    }

    static Check nothingOut(Situation now) {
        return new Check(
                "no command out",
                !now.commandOut(),
                now.commandOut()
                        ? "a command on this host or for this VM has no final outcome yet"
                        : "no command is out on this host or for this VM");
    }

    static Check onePerHost(Situation now) {
        return new Check(
                "one recovery per host",
                now.recoveriesOnHost() == 0 || now.rescue(),
                now.recoveriesOnHost() + " other recoveries are under way on this host");
    }

    static Check fewInPool(Situation now) {
        int most = now.policy().guards().inFlightPerPool();
        return new Check(
                "recoveries in the pool",
                now.recoveriesInPool() < most || now.rescue(),
                now.recoveriesInPool() + " others are under way, policy allows " + most);
    }

    static Check hostBudget(Situation now) {
        return budget(
                "budget of the host", now.spentOnHost(), now.policy().guards().perHostPerHour(), "hour", now);
    }

    static Check poolBudget(Situation now) {
        return budget(
                "budget of the pool", now.spentInPool(), now.policy().guards().perPoolPerHour(), "hour", now);
    }

    static Check vmBudget(Situation now) {
        return budget(VM_BUDGET, now.resetsOfVm(), now.policy().guards().perVmPerDay(), "day", now);
    }

    private static Check budget(String name, int spent, int most, String period, Situation now) {
        return new Check(
                name, spent < most || now.rescue(), spent + " within the last " + period + ", policy allows " + most);
    }

    static Check healthyShare(Situation now) {
        int percent = now.policy().guards().minimumHealthyPercent();
        boolean enough = (long) now.vmsWell() * 100 >= (long) percent * now.vms();
        return new Check(
                "healthy share",
                enough || now.rescue(),
                now.vmsWell() + " of " + now.vms() + " VMs of the pool are surely well, policy wants " + percent
                        + " percent");
    }

    static Check noCommonCause(Situation now) {
        String cause = now.cause();
        return new Check(
                "no common cause",
                cause == null || now.rescue(),
                cause == null ? "it stands alone" : "it is part of incident " + cause);
    }

    static Check oneCopy(Situation now) {
        boolean alone = now.copies().isEmpty();
        return new Check(
                "one copy",
                alone,
                alone ? "its VM was seen in no other domain" : "its VM was seen in other domains too: " + now.copies());
    }

    static Check recordAgrees(Situation now) {
        Boolean agrees = now.agrees();
        return new Check(
                "record agrees",
                !Boolean.FALSE.equals(agrees),
                agrees == null
                        ? "this toolstack keeps no record of its own"
                        : agrees
                                ? "XAPI means this domain on this host"
                                : "XAPI's record of the VM was not read or does not name this domain of this host");
    }

    static Check startable(Situation now) {
        boolean known = !now.startFollows() || (now.vmKnown() && now.startable());
        return new Check(
                "start possible",
                known,
                !now.startFollows()
                        ? "no start has to follow"
                        : known
                                ? "what the start needs is known"
                                : now.vmKnown()
                                        ? "no configuration that matches this VM was found, so it could not be started"
                                                + " again"
                                        : "which VM this is was never seen, so it could not be started again");
    }

    static Check notRejected(Situation now) {
        return new Check(
                "not rejected",
                !now.rejected(),
                now.rejected() ? "a person has said no to this step" : "nobody has said no to it");
    }

    static Check mode(Situation now) {
        Mode mode = now.policy().mode();
        return new Check(
                MODE,
                mode != Mode.OBSERVE,
                mode == Mode.OBSERVE ? "the pool is only observed" : "the pool is in mode " + word(mode));
    }

    static Check approval(Situation now) {
        boolean wanted = now.policy().mode() == Mode.ADVISE
                || now.policy().rule(now.rung()).map(RungRule::approval).orElse(!now.rescue());
        return new Check(
                APPROVAL,
                !wanted || now.approved(),
                !wanted
                        ? "no person needs to be asked"
                        : now.approved() ? "a person has said yes" : "a person must say yes first");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / 1000.0);
    }
}

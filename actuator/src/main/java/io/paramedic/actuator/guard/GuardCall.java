package io.paramedic.actuator.guard;

import io.paramedic.collector.access.HostCommand;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call of the guard: the exact line for the host's shell, with the whole program in it, so that nothing is installed. Every
 * word is quoted; what a name or a path holds is never read as anything else.
 *
 * @param id that the answer must carry
 * @param command for {@link io.paramedic.collector.access.HostAccess#run}; its limit leaves the guard time to connect, to look
 *     and to answer
 */
public record GuardCall(String id, HostCommand command) {
    /** Two tools of 20 seconds each, and some that are quick: slow is not cut off before it could say why. */
    private static final Duration LOOKING = Duration.ofSeconds(90);

    private static final int OUTPUT_LIMIT = 4 << 20;

    /** Asks what is there now; changes nothing. */
    public static GuardCall look(Step step, UUID command) {
        GuardWords words = new GuardWords().add("id", command).host(step.on().host());
        switch (step) {
            case Step.OnDomain domain -> {
                words.add("domid", domain.target().incarnation().domid());
                if (domain.target().vm() instanceof VmId.ByUuid(UUID uuid)) {
                    words.vm(uuid);
                }
            }
            case Step.StartVm start when start.vm() instanceof VmId.ByUuid(UUID uuid) -> words.vm(uuid);
            case Step.CancelTask cancel -> words.add("task", cancel.task());
            case Step.RestartToolstack _ -> words.add("act", GuardAct.Kind.RESTART_TOOLSTACK.word());
            case Step.StartVm _, Step.ResetPowerState _, Step.Settle _ -> {}
        }
        return call(command.toString(), "look", words, Duration.ZERO);
    }

    /** Begins the command's act, at most once, and waits for its end so long and no longer. */
    public static GuardCall act(Command command, FencingToken token, GuardAct act, Duration wait) {
        String host = command.step().on().host();
        GuardWords words = new GuardWords()
                .add("id", command.id())
                .host(host)
                .token(token)
                .scope(command.scope(), host, null)
                .deadline(command.evidenceDeadline())
                .add("act", act.kind().word())
                .add("wait", wait.toSeconds());
        switch (act) {
            case GuardAct.OnDomain on -> words.target(on.target()).vm(on.vm()).configuration(on.startsAgain());
            case GuardAct.Start start ->
                words.vm(start.vm()).configuration(start.configuration()).traces(host, start.vm(), start.traces());
            case GuardAct.CancelTask cancel -> words.add("task", cancel.task());
            case GuardAct.RestartToolstack _ -> {}
        }
        return call(command.id().toString(), "act", words, wait);
    }

    /** Asks what became of a command; changes nothing. */
    public static GuardCall result(Command command, FencingToken token, Duration wait) {
        GuardWords words = new GuardWords()
                .add("id", command.id())
                .host(command.step().on().host())
                .token(token)
                .add("wait", wait.toSeconds());
        return call(command.id().toString(), "result", words, wait);
    }

    /** Asks what became of a command; one that never began never will. */
    public static GuardCall settle(Command command, FencingToken token) {
        GuardWords words = new GuardWords()
                .add("id", command.id())
                .host(command.step().on().host())
                .token(token)
                .add("boot", command.step().on().bootId());
        return call(command.id().toString(), "settle", words, Duration.ZERO);
    }

    /** Records the token on {@code host} and asks whether anything of the VM is there. */
    public static GuardCall seal(Command command, Step.StartVm start, String host, FencingToken token) {
        UUID vm = start.vm() instanceof VmId.ByUuid(UUID uuid) ? uuid : null;
        GuardWords words = new GuardWords()
                .add("id", command.id())
                .host(host)
                .token(token)
                .scope(command.scope(), host, start.vm())
                .traces(host, vm, start.traces());
        return call(command.id().toString(), "seal", words, Duration.ZERO);
    }

    /** Records the token of a hold and asks whether an act runs. */
    public static GuardCall tell(Scope scope, String host, FencingToken token) {
        String id = "hold-" + token.offset();
        GuardWords words =
                new GuardWords().add("id", id).host(host).token(token).scope(scope, host, null);
        return call(id, "tell", words, Duration.ZERO);
    }

    /**
     * @param host under whose name the machine answers from now on
     * @param newest offset of the log's last record, or -1 where it has none
     */
    public static GuardCall enrol(String host, LogId log, long newest, boolean adopt) {
        GuardWords words = new GuardWords()
                .add("id", "enrol")
                .host(host)
                .add("log", GuardWords.encode(log))
                .add("newest", newest)
                .add("adopt", adopt ? "yes" : "no");
        return call("enrol", "enrol", words, Duration.ZERO);
    }

    private static GuardCall call(String id, String verb, GuardWords words, Duration wait) {
        String line = Stream.of(List.of("exec", "sh", "-c", GuardScript.bare(), "paramedic-guard", verb), words.words())
                .flatMap(List::stream)
                .map(HostCommand::quote)
                .collect(Collectors.joining(" "));
        HostCommand plain = HostCommand.tools(wait.plus(LOOKING), line);
        return new GuardCall(id, new HostCommand(plain.line(), plain.limit(), OUTPUT_LIMIT));
    }

    /** What cannot be said to a guard without being misread, if anything: it takes no newline but in a name. */
    public static @Nullable String unspeakable(Step step) {
        return switch (step) {
            case Step.StartVm start ->
                firstNonNull(
                        unspeakable(start.configuration()),
                        Stream.concat(
                                        start.traces().disks().stream().filter(GuardCall::broken),
                                        start.traces().names().stream().filter(name -> name.indexOf('\0') >= 0))
                                .findFirst()
                                .map(name -> "the name " + visible(name) + " holds a control character")
                                .orElse(null));
            case Step.DestroyDomain destroy -> unspeakable(destroy.startsAgain());
            case Step.RebootCleanly _,
                    Step.ShutDownCleanly _,
                    Step.WithdrawShutdownRequest _,
                    Step.CrashForDump _,
                    Step.RebootHard _,
                    Step.ReapDomain _,
                    Step.ResetPowerState _,
                    Step.CancelTask _,
                    Step.RestartToolstack _,
                    Step.Settle _ -> null;
        };
    }

    private static @Nullable String unspeakable(Step.@Nullable Configuration file) {
        if (file == null
                || (file.path().startsWith("/")
                        && !broken(file.path())
                        && file.sha256().matches("[0-9a-f]{64}"))) {
            return null;
        }
        return "the configuration " + visible(file.path()) + " is no absolute path, or its sha256 is none";
    }

    private static @Nullable String firstNonNull(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static boolean broken(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}

package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.GuardAnswer.Scene;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import java.util.Optional;
import java.util.UUID;

/** By what a step's effect is recognized. Looks at states only, because exit codes lie (lab facts 1, toolstack facts §2.3). */
public sealed interface Verification {
    /** Judges one look that came after the act. */
    Verdict judge(Scene after);

    /** What one look says of the effect. */
    sealed interface Verdict {
        /** It is there. */
        record Seen(String proof) implements Verdict {}

        /** It is not there, perhaps not yet. */
        record NotSeen(String sentence) implements Verdict {}

        /** The look does not tell. */
        record Unclear(String why) implements Verdict {}
    }

    /** The incarnation is no more. */
    record Gone(Target target) implements Verification {
        @Override
        public Verdict judge(Scene after) {
            Sighted now = Sighted.of(after);
            if (now.unread() != null) {
                return new Verdict.Unclear(now.unread());
            }
            Incarnation was = target.incarnation();
            if (otherBoot(after, was)) {
                return new Verdict.Seen("the host was booted anew, which left nothing of domain " + was.domid());
            }
            Optional<Sighted.Row> there = now.at(was.domid());
            if (there.isEmpty()) {
                return new Verdict.Seen("the hypervisor lists no domain " + was.domid());
            }
            Sighted.Row row = there.get();
            if (!was.handle().equals(row.handle())) {
                return new Verdict.Seen("the handle is no longer " + was.handle() + ": " + row.describe());
            }
            return new Verdict.NotSeen(
                    row.describe() + (row.state().dying() ? " is dead and still held" : " is there"));
        }
    }

    /** The guest stopped, whether or not its domain was already cleared away. */
    record Stopped(Target target) implements Verification {
        @Override
        public Verdict judge(Scene after) {
            Verdict gone = new Gone(target).judge(after);
            if (!(gone instanceof Verdict.NotSeen)) {
                return gone;
            }
            return Sighted.of(after)
                    .same(target.incarnation())
                    .filter(row -> row.state().shutdown() || row.state().dying())
                    .<Verdict>map(row -> new Verdict.Seen(row.describe() + " has stopped"))
                    .orElse(gone);
        }
    }

    /** The incarnation is no more, and the VM lives in another one. */
    record Reborn(Target target) implements Verification {
        @Override
        public Verdict judge(Scene after) {
            Verdict gone = new Gone(target).judge(after);
            if (!(gone instanceof Verdict.Seen)) {
                return gone;
            }
            UUID handle = target.incarnation().handle();
            return Sighted.of(after).domains().stream()
                    .filter(row -> row.domid() != target.incarnation().domid() && lives(row))
                    .filter(row -> handle.equals(row.handle()) || isVm(row))
                    .findFirst()
                    .<Verdict>map(row -> new Verdict.Seen("the VM now lives in " + row.describe()))
                    .orElseGet(() -> new Verdict.NotSeen(
                            "domain " + target.incarnation().domid() + " is gone, and no new one of the VM is there"));
        }

        private boolean isVm(Sighted.Row row) {
            return switch (target.vm()) {
                case VmId.ByUuid(UUID uuid) -> uuid.equals(row.handle());
                case VmId.ByName(String name) -> name.equals(row.name());
                case null -> false;
            };
        }
    }

    /** A domain of the VM is there. The guard saw that there was none right before the start. */
    record Started(VmId vm, Traces traces) implements Verification {
        @Override
        public Verdict judge(Scene after) {
            Sighted now = Sighted.of(after);
            if (now.unread() != null) {
                return new Verdict.Unclear(now.unread());
            }
            return now.domains().stream()
                    .filter(row -> lives(row) && isVm(row) && !isOld(row, after))
                    .findFirst()
                    .<Verdict>map(row -> new Verdict.Seen("the VM lives in " + row.describe()))
                    .orElseGet(() -> new Verdict.NotSeen("no domain of the VM is there"));
        }

        private boolean isVm(Sighted.Row row) {
            boolean named = row.name() != null && traces.names().contains(row.name());
            return switch (vm) {
                case VmId.ByUuid(UUID uuid) -> uuid.equals(row.handle()) || named;
                case VmId.ByName(String name) -> name.equals(row.name()) || named;
            };
        }

        private boolean isOld(Sighted.Row row, Scene after) {
            return traces.incarnations().stream().anyMatch(old -> old.domid() == row.domid() && !otherBoot(after, old));
        }
    }

    /** Nothing is asked of the guest any more. */
    record NothingAsked(Target target) implements Verification {
        @Override
        public Verdict judge(Scene after) {
            Verdict gone = new Gone(target).judge(after);
            if (!(gone instanceof Verdict.NotSeen)) {
                return gone;
            }
            String asked = after.asked();
            if (asked == null) {
                return new Verdict.Unclear("xenstore did not tell what is asked of the guest");
            }
            return asked.isEmpty()
                    ? new Verdict.Seen(
                            "nothing is asked of domain " + target.incarnation().domid() + " any more")
                    : new Verdict.NotSeen("control/shutdown still asks for " + asked);
        }
    }

    /** XAPI no longer works at the task; a cancel may succeed and leave it pending (toolstack facts §3.4.5). */
    record TaskOver() implements Verification {
        @Override
        public Verdict judge(Scene after) {
            String status = after.task();
            if (status == null) {
                return new Verdict.Unclear("XAPI did not tell of the task");
            }
            return status.equals("pending") || status.equals("cancelling")
                    ? new Verdict.NotSeen("the task is " + status)
                    : new Verdict.Seen(status.isEmpty() ? "XAPI knows no such task" : "the task is " + status);
        }
    }

    /** XAPI answers. */
    record ApiAnswers() implements Verification {
        @Override
        public Verdict judge(Scene after) {
            return Boolean.TRUE.equals(after.api())
                    ? new Verdict.Seen("XAPI answers")
                    : new Verdict.NotSeen("XAPI does not answer");
        }
    }

    private static boolean lives(Sighted.Row row) {
        return !row.state().dying() && !row.state().shutdown();
    }

    private static boolean otherBoot(Scene after, Incarnation was) {
        return after.at() != null && !after.at().bootId().equals(was.bootId());
    }
}

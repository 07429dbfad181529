package io.paramedic.actuator.guard;

import io.paramedic.schemas.command.Step.Configuration;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the few things that the guard does, with what it does it to. The guard itself makes the command line from what it
 * has just checked, so that it cannot be made to run anything else.
 */
public sealed interface GuardAct {
    Kind kind();

    /** What the guard knows to do; the word is what it is called there. */
    enum Kind {
        /** {@code xl reboot DOMID} */
        XL_REBOOT("xl-reboot"),
        /** {@code xl shutdown DOMID} */
        XL_SHUT_DOWN("xl-shutdown"),
        /** {@code xl destroy DOMID} */
        XL_DESTROY("xl-destroy"),
        /** {@code xl create PATH} */
        XL_CREATE("xl-create"),
        /** Empties {@code control/shutdown}, if it holds a request that one of our steps may have made. */
        WITHDRAW("withdraw"),
        /** {@code xe vm-reboot uuid=VM} */
        XAPI_REBOOT("xapi-reboot"),
        /** {@code xe vm-shutdown uuid=VM} */
        XAPI_SHUT_DOWN("xapi-shutdown"),
        /** {@code xe vm-reboot uuid=VM force=true} */
        XAPI_REBOOT_HARD("xapi-reboot-hard"),
        /** {@code xe vm-shutdown uuid=VM force=true} */
        XAPI_DESTROY("xapi-destroy"),
        /** {@code xe vm-start uuid=VM on=HOST} */
        XAPI_START("xapi-start"),
        /** {@code xe task-cancel uuid=TASK} */
        TASK_CANCEL("task-cancel"),
        /** {@code xe-toolstack-restart} */
        RESTART_TOOLSTACK("restart-toolstack");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Touches one domain.
     *
     * @param vm XAPI's uuid; needed under XAPI
     * @param startsAgain a file that must be there before the domain is taken away
     */
    record OnDomain(
            Kind kind,
            Target target,
            @Nullable UUID vm,
            @Nullable Configuration startsAgain) implements GuardAct {}

    /**
     * Starts a VM of which nothing is there.
     *
     * @param vm XAPI's uuid; needed under XAPI
     * @param configuration needed under {@code xl}
     */
    record Start(Kind kind, @Nullable UUID vm, @Nullable Configuration configuration, Traces traces)
            implements GuardAct {}

    record CancelTask(UUID task) implements GuardAct {
        @Override
        public Kind kind() {
            return Kind.TASK_CANCEL;
        }
    }

    record RestartToolstack() implements GuardAct {
        @Override
        public Kind kind() {
            return Kind.RESTART_TOOLSTACK;
        }
    }
}

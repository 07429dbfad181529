package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.GuardAnswer.Scene;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was there before a step, for the transcript: afterwards nobody can look at it any more. */
final class Evidence {
    private Evidence() {}

    /** The domain's row, its part of xenstore, and the VM's record, as far as the look has them. */
    static List<StepOutcome.Ran> of(Step step, Scene scene, String host, Duration took) {
        List<StepOutcome.Ran> seen = new ArrayList<>();
        String tool = scene.toolstack() == Toolstack.XAPI ? "list_domains -all" : "xl list -v";
        String list = step instanceof Step.OnDomain on
                ? rows(scene.list(), on.target().incarnation())
                : scene.list();
        seen.add(new StepOutcome.Ran(host, tool, null, list, "", took));
        if (step instanceof Step.OnDomain on && !scene.store().isEmpty()) {
            int domid = on.target().incarnation().domid();
            seen.add(new StepOutcome.Ran(host, "xenstore-ls -f /local/domain/" + domid, null, scene.store(), "", took));
        }
        if (!scene.record().isEmpty()) {
            seen.add(new StepOutcome.Ran(host, "xe vm-list", null, scene.record(), "", took));
        }
        return seen;
    }

    /** The head and the rows with this handle; the whole list where none has it, because that is then what matters. */
    private static String rows(String list, Incarnation incarnation) {
        String handle = incarnation.handle().toString();
        return list.contains(handle)
                ? list.lines()
                        .filter(line -> line.contains(handle) || list.startsWith(line))
                        .collect(Collectors.joining("\n"))
                : list;
    }
}

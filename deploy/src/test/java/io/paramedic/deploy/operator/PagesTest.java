package io.paramedic.deploy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PagesTest {
    @Test
    void statusShowsHostsWitnessesAndOpenIncidents() {
        String page = String.join("\n", new StatusPage(Paint.OFF).of(Story.SITUATION));

        assertThat(page)
                .contains("pool north, mode act")
                .containsPattern("xen-a +trusted +xl +2 +1 of 2 +1 +mia holds the host until 18:00")
                .containsPattern("xen-b +awaited .*no collector has reported it yet")
                .contains("1 VM has not two independent witnesses")
                .contains("only vcpu")
                .containsPattern("north/i-1 .*HUNG +verifying");
    }

    @Test
    void whatAHostWroteCannotMoveTheCursor() {
        assertThat(String.join("\n", new StatusPage(Paint.OFF).of(Story.SITUATION)))
                .doesNotContain("\u001b")
                .contains("db\\u001b[2J");
    }

    @Test
    void statusTellsHowToBeginWhereThereIsNothing() {
        assertThat(new StatusPage(Paint.OFF).of(new Situation(List.of(), List.of(), List.of())))
                .singleElement()
                .asString()
                .contains("./paramedic host add");
    }

    @Test
    void explainShowsEvidenceGuardsStepsWithTheirOutputAndWhatComesNext() {
        Incident incident = Story.WAITING;
        JournalEntry entry = Chain.seal(new JournalEntry(
                "north",
                0,
                Chain.START,
                Story.AT,
                new JournalEntry.Cause(0, 1),
                "1",
                0,
                Mode.ACT,
                new Decision.StepWithheld("i-2", null, "budget"),
                "4 of 4",
                List.of(),
                Chain.START));

        assertThat(String.join("\n", ExplainPage.of(incident, List.of(entry), VmNames.NONE, Paint.OFF)))
                .contains("web1, domid 12 on xen-a")
                .contains("heartbeat 41 for 130 s")
                .contains("matched  two witnesses: heartbeat and probe")
                .contains("in the way  budget: 4 of 4 steps on xen-a within the hour")
                .contains("Step: destroy domain, domid 12 on xen-a")
                .contains("under lease token 4711")
                .contains("done: domid 12 is gone")
                .contains("xen-a$ xl destroy 12  [exit 0, 0.3 s]")
                .contains("! libxl: warning")
                .contains("./paramedic approve north/i-2")
                .contains("Next: its new domain is watched, at 2026-11-20 02:19:05Z")
                .contains("2026-11-20 02:14:05Z  i-2 held back by budget: 4 of 4");
    }

    @Test
    void explainSaysOfAVmWithOneWitnessThatAHangCannotBeConfirmed() {
        assertThat(String.join(
                        "\n", ExplainPage.of(Story.XEN_A, Story.XEN_A.domains().getLast(), Paint.OFF)))
                .contains("vcpu alone")
                .contains("no incident is open");
    }

    @Test
    void aVmWithAUuidIsShownByTheNameOfItsDomain() {
        VmId vm = new VmId.ByUuid(new UUID(0, 12));
        VmNames names = VmNames.of(List.of(Story.named(vm, "web1")));

        assertThat(Phrases.subject(new Subject.Domain(Story.WEB, vm), names)).isEqualTo("web1, domid 12 on xen-a");
        assertThat(Phrases.subject(new Subject.Domain(Story.WEB, vm), VmNames.NONE))
                .startsWith("00000000-0000-0000-0000-00000000000c, domid 12");
    }

    @Test
    void aWordFindsAnIncidentAVmOrAPlace() {
        for (String word : List.of(
                "i-1", "north/i-1", "web1", "xen-a/12", Story.WEB.handle().toString())) {
            assertThat(Search.incidents(word, Story.SITUATION)).as(word).containsExactly(Story.HUNG);
        }
        assertThat(Search.incidents("web", Story.SITUATION)).isEmpty();
        assertThat(Search.domains("xen-a/13", Story.SITUATION)).hasSize(1);
    }
}

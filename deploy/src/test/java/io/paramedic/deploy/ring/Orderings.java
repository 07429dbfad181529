package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.StepOutcome;
import java.util.List;
import java.util.UUID;

/** All that was ordered, and all that was told of it, in the order of the log. */
record Orderings(List<Command> commands, List<StepOutcome> outcomes) {
    List<Command> on(String host) {
        return commands.stream()
                .filter(command -> command.step().on().host().equals(host))
                .toList();
    }

    /** The final outcomes of a command; the first one counts. */
    private List<Outcome> finals(UUID command) {
        return outcomes.stream()
                .filter(outcome -> outcome.command().equals(command))
                .map(StepOutcome::outcome)
                .filter(outcome -> !(outcome instanceof Outcome.Running))
                .toList();
    }

    private boolean isDone(Command command) {
        return finals(command.id()).stream().findFirst().orElseThrow() instanceof Outcome.Done;
    }

    /** The command that ended the guest of a host. */
    Command destroy(String host) {
        return on(host).stream()
                .filter(command -> command.step() instanceof Step.DestroyDomain && isDone(command))
                .findFirst()
                .orElseThrow();
    }

    /**
     * One destroy and one start of this host are known as done, whatever else was ordered came to nothing, every command has a
     * final outcome, and a later one, if any, says the same as the first.
     */
    void assertOneOfEachDone(String host) {
        for (Command command : on(host)) {
            List<Outcome> finals = finals(command.id());
            assertThat(finals).as("final outcomes of %s", command).isNotEmpty();
            assertThat(finals.getFirst())
                    .isInstanceOfAny(Outcome.Done.class, Outcome.Refused.class, Outcome.NotReached.class);
            assertThat(finals)
                    .as("later outcomes of %s", command)
                    .allSatisfy(later -> assertThat(later).hasSameClassAs(finals.getFirst()));
        }
        assertThat(on(host).stream().filter(this::isDone))
                .as("what is known as done on %s", host)
                .extracting(Command::step)
                .hasExactlyElementsOfTypes(Step.DestroyDomain.class, Step.StartVm.class);
    }
}

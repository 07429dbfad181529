package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.Phrases;
import io.paramedic.deploy.operator.Search;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Proposal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic approve} and {@code paramedic reject}: a person's answer to a proposed step. */
abstract class AnswerCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Parameters(paramLabel = "INCIDENT", description = "The incident's id, or its VM by name or uuid.")
    @SuppressWarnings("NullAway.Init") // required by picocli
    private String word;

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, for whoever reads the journal.")
    private String why = "";

    abstract Control answer(Incident incident, Proposal proposal, String by, String why);

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            List<Incident> waiting = Search.incidents(word, Situation.read(open.log())).stream()
                    .filter(incident -> incident.proposal() != null)
                    .toList();
            if (waiting.size() != 1) {
                spec.commandLine().getErr().println("paramedic: " + complaint(waiting));
                return ExitCode.NOT_DONE;
            }
            Incident incident = waiting.getFirst();
            Proposal proposal = Objects.requireNonNull(incident.proposal());
            try (Orders orders = new Orders(open.log(), by.name())) {
                orders.tell(answer(incident, proposal, by.name(), why));
            }
            spec.commandLine()
                    .getOut()
                    .println("Said to " + Paint.plain(incident.key()) + ": " + Phrases.step(proposal.step())
                            + ". It counts only if that proposal still stood when the order was read: ./paramedic"
                            + " explain "
                            + Paint.plain(incident.key()));
            return ExitCode.OK;
        });
    }

    private String complaint(List<Incident> waiting) {
        return waiting.isEmpty()
                ? "no proposal waits about " + Paint.plain(word)
                        + ". './paramedic incidents' shows what waits for a person."
                : Paint.plain(word) + " means several incidents; name one: "
                        + Paint.plain(String.join(
                                ", ", waiting.stream().map(Incident::key).toList()));
    }

    /** {@code paramedic approve}. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = {
                "Says yes to the step that waits for a person. It counts only while that proposal stands.",
                ""
            })
    static final class Approve extends AnswerCommand {
        @Override
        Control answer(Incident incident, Proposal proposal, String by, String why) {
            return new Control.Approve(UUID.randomUUID(), incident.pool(), incident.id(), proposal.id(), by, why);
        }
    }

    /** {@code paramedic reject}. */
    @Command(
            name = "reject",
            mixinStandardHelpOptions = true,
            description = {"Says no to the step that waits for a person.", ""})
    static final class Reject extends AnswerCommand {
        @Override
        Control answer(Incident incident, Proposal proposal, String by, String why) {
            return new Control.Reject(UUID.randomUUID(), incident.pool(), incident.id(), proposal.id(), by, why);
        }
    }
}

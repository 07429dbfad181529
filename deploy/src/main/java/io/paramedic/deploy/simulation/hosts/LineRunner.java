package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.tools.ToolOutput;
import java.util.List;

/** Runs a line that needs no shell. */
final class LineRunner {
    private final Programs programs;

    LineRunner(Programs programs) {
        this.programs = programs;
    }

    /** Whether every command of it is answered by the simulation. */
    boolean understands(SimpleLine line) {
        return line.steps().stream().allMatch(step -> isExit(step.words()) || programs.understands(step.words()));
    }

    int run(SimpleLine line, Programs.Caller caller, ToolOutput output) throws InterruptedException {
        int status = 0;
        for (SimpleLine.Step step : line.steps()) {
            boolean due = switch (step.join()) {
                case ALWAYS -> true;
                case IF_OK -> status == 0;
                case IF_FAILED -> status != 0;
            };
            if (due && isExit(step.words())) {
                return step.words().size() == 1
                        ? status
                        : Integer.parseInt(step.words().get(1));
            }
            if (due) {
                status = programs.run(step.words(), caller, through(step.streams(), output));
            }
        }
        return status;
    }

    private static boolean isExit(List<String> words) {
        return words.getFirst().equals("exit")
                && (words.size() == 1 || (words.size() == 2 && words.get(1).matches("\\d{1,3}")));
    }

    private static ToolOutput through(SimpleLine.Streams streams, ToolOutput output) {
        return new ToolOutput() {
            @Override
            public void stdout(String text) {
                switch (streams) {
                    case BOTH, NO_STDERR, MERGED -> output.stdout(text);
                    case NO_STDOUT, NEITHER -> {}
                }
            }

            @Override
            public void stderr(String text) {
                switch (streams) {
                    case BOTH, NO_STDOUT -> output.stderr(text);
                    case MERGED -> output.stdout(text);
                    case NO_STDERR, NEITHER -> {}
                }
            }
        };
    }
}

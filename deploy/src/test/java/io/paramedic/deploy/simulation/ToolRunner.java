package io.paramedic.deploy.simulation;

import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.tools.ToolOutput;
import io.paramedic.deploy.simulation.tools.Toolbox;
import java.util.ArrayList;
import java.util.List;

/** Runs tools on a model without any SSH. */
final class ToolRunner {
    record Result(int status, String out, String err, List<String> effects) {}

    private final HostModel model;

    ToolRunner(HostModel model) {
        this.model = model;
    }

    Result run(String... argv) throws InterruptedException {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        List<String> effects = new ArrayList<>();
        ToolOutput output = new ToolOutput() {
            @Override
            public void stdout(String text) {
                out.append(text);
            }

            @Override
            public void stderr(String text) {
                err.append(text);
            }
        };
        int status = new Toolbox(model).run(List.of(argv), true, output, effects::add);
        return new Result(status, out.toString(), err.toString(), effects);
    }

    /** The row of {@code xl list} of one domain, without its CPU time. */
    String row(int domid) throws InterruptedException {
        String[] lines = run("xl", "list", Integer.toString(domid)).out().split("\n", -1);
        return lines.length < 2 ? "" : lines[1].replaceAll(" +[0-9.]+$", "").replaceAll(" +", " ");
    }
}

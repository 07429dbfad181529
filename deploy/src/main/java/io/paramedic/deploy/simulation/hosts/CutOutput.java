package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.tools.ToolOutput;

/** Passes on the first characters of standard output and nothing else, for a connection that is about to break. */
final class CutOutput implements ToolOutput {
    private final ToolOutput output;
    private int left;

    CutOutput(int characters, ToolOutput output) {
        this.left = characters;
        this.output = output;
    }

    @Override
    public void stdout(String text) {
        int passed = Math.min(left, text.length());
        if (passed > 0) {
            output.stdout(text.substring(0, passed));
            left -= passed;
        }
    }

    @Override
    public void stderr(String text) {}
}

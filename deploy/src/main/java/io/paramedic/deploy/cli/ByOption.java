package io.paramedic.deploy.cli;

import picocli.CommandLine.Option;

/** Who orders; it stands on the log beside every order. */
final class ByOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Your name on the log (${DEFAULT-VALUE}).",
            defaultValue = "${sys:user.name}")
    private String by = "somebody";

    String name() {
        return by;
    }
}

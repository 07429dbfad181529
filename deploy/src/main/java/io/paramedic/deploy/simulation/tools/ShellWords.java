package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.HostFacts;
import java.time.Duration;
import java.util.List;

/** The small commands of a shell that surround the tools. */
final class ShellWords {
    private ShellWords() {}

    static int echo(ToolCall call) {
        boolean bare = !call.args().isEmpty() && call.args().getFirst().equals("-n");
        List<String> words = bare ? call.args().subList(1, call.args().size()) : call.args();
        call.out(String.join(" ", words) + (bare ? "" : "\n"));
        return 0;
    }

    static int sleep(ToolCall call) throws InterruptedException {
        call.sleep(Duration.ofMillis(Math.round(Double.parseDouble(call.args().getFirst()) * 1000)));
        return 0;
    }

    static int hostname(ToolCall call) {
        call.out(call.host().facts().hostname() + "\n");
        return 0;
    }

    static int uname(ToolCall call) {
        HostFacts facts = call.host().facts();
        call.out(
                switch (call.args().isEmpty() ? "-s" : call.args().getFirst()) {
                    case "-r" -> facts.kernel() + "\n";
                    case "-n" -> facts.hostname() + "\n";
                    case "-m" -> "x86_64\n";
                    default -> "Linux\n";
                });
        return 0;
    }

    static int id(ToolCall call) {
        call.out(
                call.args().equals(List.of("-u"))
                        ? (call.root() ? "0\n" : "1000\n")
                        : call.root() ? "uid=0(root) gid=0(root) groups=0(root)\n" : "uid=1000(user) gid=1000(user)\n");
        return 0;
    }
}

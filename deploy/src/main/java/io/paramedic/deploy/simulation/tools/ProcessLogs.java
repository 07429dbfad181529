package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.HostProcess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ls -l /proc/PID/fd/1 ...}: where the standard output of a process goes. The background process of xl writes to the
 * log that is named after its domain, as a real Xen 4.17 host showed.
 */
final class ProcessLogs implements Tool {
    private static final Pattern LINK = Pattern.compile("/proc/([0-9]{1,9})/fd/1");

    /** Anything else is for the {@code ls} of this machine. */
    static boolean understands(List<String> args) {
        return args.size() > 1
                && args.getFirst().equals("-l")
                && args.stream().skip(1).allMatch(LINK.asMatchPredicate());
    }

    @Override
    public int run(ToolCall call) {
        int status = 0;
        for (String path : call.args().subList(1, call.args().size())) {
            Matcher link = LINK.matcher(path);
            Optional<String> log = link.matches() ? log(call, Integer.parseInt(link.group(1))) : Optional.empty();
            if (log.isPresent()) {
                call.out("l-wx------ 1 root root 64 Nov 20 13:00 %s -> %s%n".formatted(path, log.get()));
            } else {
                call.err("ls: cannot access '%s': No such file or directory%n".formatted(path));
                status = 2;
            }
        }
        return status;
    }

    private static Optional<String> log(ToolCall call, int pid) {
        return call.host().processes().all().stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .map(ProcessLogs::log);
    }

    private static String log(HostProcess process) {
        Domain domain = process.domain();
        return process.role() == HostProcess.Role.CREATE_DAEMON && domain != null
                ? "/var/log/xen/xl-" + domain.configuredName() + ".log"
                : "/dev/" + process.role().name().toLowerCase(Locale.ROOT);
    }
}

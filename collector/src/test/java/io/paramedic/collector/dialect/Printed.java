package io.paramedic.collector.dialect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Output as the tools print it, made from values; written beside the parsers and not from them (toolstack facts §1.2,
 * §2.1, §3.2).
 */
final class Printed {
    private Printed() {}

    record Domain(String name, int domid, long mib, int vcpus, String state, long tenths, UUID uuid) {}

    record Vm(UUID uuid, String name, String power) {}

    static String xlList(List<Domain> domains) {
        return "Name                                        ID   Mem VCPUs\tState\tTime(s)\n"
                + domains.stream().map(d -> row(d) + "\n").collect(Collectors.joining());
    }

    static String xlListV(List<Domain> domains) {
        return "Name                                        ID   Mem VCPUs\tState\tTime(s)   UUID                     "
                + "       Reason-Code\tSecurity Label\n"
                + domains.stream()
                        .map(d -> row(d) + " " + d.uuid() + " " + reason(d) + " " + "%16s".formatted("-") + "\n")
                        .collect(Collectors.joining());
    }

    static String row(Domain d) {
        // C pads bytes where Java would pad characters.
        int bytes = d.name().getBytes(StandardCharsets.UTF_8).length;
        return d.name()
                + " ".repeat(Math.max(0, 40 - bytes))
                + " %5d %5d %5d     %s  %8s"
                        .formatted(d.domid(), d.mib(), d.vcpus(), d.state(), d.tenths() / 10 + "." + d.tenths() % 10);
    }

    private static String reason(Domain d) {
        int code = "-rscwS".indexOf(d.state().charAt(4));
        return d.state().charAt(3) == 's' ? "%8x".formatted(code) : "%8s".formatted("-");
    }

    static String listDomains(List<Domain> domains) {
        int width = domains.stream()
                .mapToInt(d -> String.valueOf(d.domid()).length())
                .max()
                .orElse(1);
        String id = "%" + Math.max(2, width) + "s";
        return id.formatted("id") + " | " + "%36s".formatted("uuid") + " |  state\n"
                + domains.stream()
                        .map(d -> id.formatted(d.domid()) + " | " + d.uuid() + " | " + letters(d.state()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String letters(String state) {
        return (state.charAt(5) == 'd' ? "D" : " ")
                + (state.charAt(3) == 's' ? "S" : " ")
                + (state.charAt(2) == 'p' ? "P" : " ")
                + (state.charAt(1) == 'b' ? "B" : " ")
                + (state.charAt(0) == 'r' ? "R" : " ")
                + "H";
    }

    static String grants(List<Domain> domains) {
        return domains.stream()
                .map(d -> "domid=%d: nr_frames=%d, max_nr_frames=64\n".formatted(d.domid(), d.vcpus()))
                .collect(Collectors.joining());
    }

    static String xeVmList(List<Vm> vms) {
        return vms.stream()
                .map(vm -> "uuid ( RO)           : " + vm.uuid() + "\n     name-label ( RW): " + vm.name()
                        + "\n    power-state ( RO): " + vm.power() + "\n\n\n")
                .collect(Collectors.joining());
    }

    /** A value as {@code xenstore-ls} prints it. */
    static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            switch (c) {
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\\\");
                default ->
                    text.append(
                            c >= ' ' && c <= '~'
                                    ? String.valueOf((char) c)
                                    : String.format(Locale.ROOT, c < 8 ? "\\%03o" : "\\x%02x", c));
            }
        }
        return text.toString();
    }
}

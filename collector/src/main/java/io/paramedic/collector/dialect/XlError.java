package io.paramedic.collector.dialect;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line that {@code xl} printed on standard error, and what it means (toolstack facts §2, lab facts 1, 4, 6, 9 and
 * 10).
 *
 * <p>Neither the exit status nor silence is success. {@code pause}, {@code unpause}, {@code trigger}, {@code sysrq},
 * {@code suspend} and {@code resume} end with 0 whatever happened; {@code destroy} of a zombie ends with 0 and does
 * nothing; {@code list -l} ends with 0 although it left domains out; and commands that did what they should print
 * errors. Success is what the next look at the host shows.
 *
 * @param kind the class of the line
 * @param domid the domain that it names by number, where it does
 * @param rc libxl's return code, where it prints one
 * @param line the line, control characters made visible
 */
public record XlError(
        Kind kind, @Nullable Integer domid, @Nullable Integer rc, String line) {
    /** Longer lines are not looked at, so that no line can keep the patterns busy. */
    private static final int LONGEST = 2000;

    private static final int MOST_LINES = 1000;

    /** In the order in which they are looked for. */
    public enum Kind {
        /** No domain of that name; a name that is gone is not a domain that is gone (lab facts 3). */
        INVALID_IDENTIFIER(".* is an invalid domain identifier \\(rc=(?<rc>-?\\d{1,9})\\)"),
        NO_SUCH_DOMID("Error: Domain '(?<domid>\\d{1,5})' does not exist\\.|.*Domain (?<domid2>\\d{1,5}):Non-existant"
                + " domain"),
        NO_NAME("Can't get dom(?:id|ain name) of domain (?:name|id) '.*', maybe this domain does not exist\\."),
        /** The guest did not take the request within a minute: a strong sign that it does not serve xenstore. */
        NOT_ACKNOWLEDGED(".*guest didn't acknowledge control request: (?<rc>-?\\d{1,9})"),
        /** An HVM guest without PV drivers: it cannot be asked this way. */
        NO_PV_CONTROL(".*PV control interface not available.*|Use \"-F\" to fallback to ACPI .*"),
        DOM0_PROTECTED(
                "Not destroying domain 0; use -f to force\\.|This can only be done when using a disaggregated.*"),
        DESTROY_FAILED("destroy failed \\(rc=(?<rc>-?\\d{1,9})\\)"),
        SHUTDOWN_FAILED("shutdown failed \\(rc=(?<rc>-?\\d{1,9})\\)"),
        REBOOT_FAILED("reboot failed \\(rc=(?<rc>-?\\d{1,9})\\)"),
        DUMP_FAILED("core dump failed \\(rc=(?<rc>-?\\d{1,9})\\)|.*Core dumping domain to .*"),
        NOT_PERMITTED(".*Permission denied"),
        /** libxl could not start: no xenstored, no hypervisor, or no rights; a line before it says which. */
        NO_CONTEXT("cannot init xl context"),
        /** xenconsoled does not answer (lab facts 6). */
        CONSOLE_TIMED_OUT(".*domain (?<domid>\\d{1,5}) console tty: timed out"),
        NO_CONSOLE("xenconsole: .*"),
        NAME_TAKEN(".*Domain with name \".*\" already exists\\."),
        OUT_OF_MEMORY(".*(?:Cannot allocate memory|Out of memory).*"),
        BAD_CONFIG("Failed to (?:read config file|parse config): .*|.*config parsing error.*"),
        NO_KERNEL(".*(?:xc_dom_kernel_file failed|failed to open file ).*"),
        /** This domain is missing from {@code xl list -l} or {@code xl uptime} although it is there (lab facts 7). */
        LEFT_OUT(".*Domain (?<domid>\\d{1,5}):(?:Fail to get domain configuration|Can't get start time of domain)"),
        /** xenstore has no name for it; it is in {@code xl list -l} all the same (lab facts 2). */
        NAMELESS(".*Domain (?<domid>\\d{1,5}):Fail to get domain name"),
        TRIGGER_FAILED(
                ".*Domain (?<domid>\\d{1,5}):Send trigger '.*' failed: .*|Invalid trigger \".*\"|Invalid sysrq\\."),
        DEVICES_NOT_REMOVED(
                ".*Domain (?<domid>\\d{1,5}):(?:unable to remove device.*|libxl__devices_destroy failed)|with path"
                        + " /.*"),
        MIGRATION_BROKEN(".*Migration failed.*|.*CHECK AT BOTH ENDS.*"),
        /** What libxl prints after the line that tells the reason. */
        FOLLOW_UP(".*Domain (?<domid>\\d{1,5}):(?:Unable to destroy guest|Destruction of domain failed|"
                + "cannot \\(re-\\)build domain: (?<rc>-?\\d{1,9})|cannot make domain: (?<rc2>-?\\d{1,9}))"),
        USAGE("command not implemented|option .* not supported\\.|Usage: .*"),
        SHUTTING_DOWN("(?:Shutting down|Rebooting) domain (?<domid>\\d{1,5})"),
        WAITING("Waiting for \\d{1,9} domains"),
        HAS_SHUT_DOWN("Domain (?<domid>\\d{1,5}) has been shut down, reason code \\d{1,9}"),
        HAS_BEEN_DESTROYED("Domain (?<domid>\\d{1,5}) has been destroyed"),
        /** Progress and debugging. */
        CHATTER("Parsing config from .*|libxl: debug: .*|xencall:buffer: debug: .*|xc: debug: .*"),
        /** None of these. */
        UNKNOWN(".*");

        private final Pattern pattern;

        Kind(String regex) {
            this.pattern = Pattern.compile(regex, Pattern.DOTALL);
        }

        /** Whether the line tells that something went wrong. An unknown line may. */
        public boolean error() {
            return switch (this) {
                case SHUTTING_DOWN, WAITING, HAS_SHUT_DOWN, HAS_BEEN_DESTROYED, CHATTER -> false;
                case INVALID_IDENTIFIER,
                        NO_SUCH_DOMID,
                        NO_NAME,
                        NOT_ACKNOWLEDGED,
                        NO_PV_CONTROL,
                        DOM0_PROTECTED,
                        DESTROY_FAILED,
                        SHUTDOWN_FAILED,
                        REBOOT_FAILED,
                        DUMP_FAILED,
                        NOT_PERMITTED,
                        NO_CONTEXT,
                        CONSOLE_TIMED_OUT,
                        NO_CONSOLE,
                        NAME_TAKEN,
                        OUT_OF_MEMORY,
                        BAD_CONFIG,
                        NO_KERNEL,
                        LEFT_OUT,
                        NAMELESS,
                        TRIGGER_FAILED,
                        DEVICES_NOT_REMOVED,
                        MIGRATION_BROKEN,
                        FOLLOW_UP,
                        USAGE,
                        UNKNOWN -> true;
            };
        }
    }

    /**
     * Reads standard error line by line, in order, without empty lines and no more than {@value #MOST_LINES}. Lines may
     * quote names, so they prove nothing alone.
     */
    public static List<XlError> parse(String stderr) {
        return Line.of(stderr).stream()
                .filter(line -> !line.text().isBlank())
                .limit(MOST_LINES)
                .map(XlError::of)
                .toList();
    }

    private static XlError of(Line line) {
        String quote = line.quote();
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.pattern.matcher(line.text());
            if (line.text().length() <= LONGEST && matcher.matches()) {
                return new XlError(kind, number(kind, matcher, "domid"), number(kind, matcher, "rc"), quote);
            }
        }
        return new XlError(Kind.UNKNOWN, null, null, quote);
    }

    private static @Nullable Integer number(Kind kind, Matcher matcher, String group) {
        for (String name : List.of(group, group + "2")) {
            String text = kind.pattern.namedGroups().containsKey(name) ? matcher.group(name) : null;
            if (text != null) {
                return Integer.valueOf(text);
            }
        }
        return null;
    }
}

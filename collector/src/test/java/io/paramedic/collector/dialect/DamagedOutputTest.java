package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever happened to a table on its way, a row that is read is a row that was printed, and what is not read is
 * quoted. The classes of damage that nobody can see are named in each parser's documentation and left out here.
 */
class DamagedOutputTest {
    private static final List<Subject> TABLES = tables();
    private static final List<Subject> WHOLES = wholeTexts();

    /**
     * @param parse the parser, with what it cannot vouch for taken away, such as names of any length
     * @param text an output
     * @param other another one of the same tool
     * @param fixed whether every column has a width, so that a digit more or less is seen
     * @param printed the rows of both
     */
    record Subject(
            String tool,
            Function<String, Table<String>> parse,
            String text,
            String other,
            boolean fixed,
            Set<String> printed) {
        Subject(String tool, Function<String, Table<String>> parse, String text, String other, boolean fixed) {
            this(
                    tool,
                    parse,
                    text,
                    other,
                    fixed,
                    new HashSet<>(parse.apply(text).rows()));
            printed.addAll(parse.apply(other).rows());
        }

        @Override
        public String toString() {
            return tool;
        }
    }

    @Property(tries = 3000)
    void aRowThatIsReadIsARowThatWasPrinted(@ForAll("subjects") Subject subject, @ForAll("damages") Damage damage) {
        String damaged = damage.apply(subject.text(), subject.other());
        if (!subject.fixed() && !damage.keepsNumbers()) {
            return;
        }
        assertThat(subject.printed()).containsAll(subject.parse().apply(damaged).rows());
    }

    @Property(tries = 1500)
    void nothingIsLostInSilence(@ForAll("fixedSubjects") Subject subject, @ForAll("damages") Damage damage) {
        String damaged = damage.apply(subject.text(), subject.other());
        Table<String> table = subject.parse().apply(damaged);
        Set<String> lines = new HashSet<>(subject.text().lines().toList());
        lines.addAll(subject.other().lines().toList());
        // Whole lines that are missing leave no trace, so only what is no line that was printed must be quoted.
        boolean foreign = !lines.containsAll(damaged.lines().toList()) || !damaged.endsWith("\n");
        assertThat(table.complete() && foreign).isFalse();
        assertThat(table.unparseable())
                .allSatisfy(why -> assertThat(why.quote()).hasSizeLessThanOrEqualTo(4 * 120));
    }

    @Property(tries = 600)
    void aTextThatIsReadAsAWholeIsNotReadWhenSomethingIsInIt(
            @ForAll("wholes") Subject subject, @ForAll("damages") Damage damage) {
        String damaged = damage.apply(subject.text(), subject.other());
        Table<String> table = subject.parse().apply(damaged);
        boolean line = damage instanceof Damage.Inserted(int at, String junk)
                && junk.endsWith("\n")
                && !junk.isBlank()
                && at % (subject.text().length() + 1) < subject.text().length();
        boolean cut = damage instanceof Damage.Truncated
                && !damaged.isEmpty()
                && !damaged.strip().equals(subject.text().strip())
                && !damaged.endsWith("\n");
        if (line || cut) {
            assertThat(table.complete()).as(damaged).isFalse();
        }
    }

    @Provide
    Arbitrary<Damage> damages() {
        return Damage.any();
    }

    @Provide
    Arbitrary<Subject> subjects() {
        return Arbitraries.of(TABLES);
    }

    @Provide
    Arbitrary<Subject> fixedSubjects() {
        return Arbitraries.of(TABLES.stream()
                .filter(s -> s.fixed() && !s.tool().equals("ps") && !s.tool().equals("xl sched-credit2"))
                .toList());
    }

    @Provide
    Arbitrary<Subject> wholes() {
        return Arbitraries.of(WHOLES);
    }

    private static List<Subject> wholeTexts() {
        return List.of(
                whole("xl info", XlInfo::parse, "lab/main/xl-info"),
                whole("xenstore-ls", XenstoreLs::parse, "lab/main/xenstore-ls-dom"),
                whole("xl list -l", XlListLong::parse, "lab/main/xl-list-l-one"));
    }

    private static List<Subject> tables() {
        String list = Corpus.out("lab/main/xl-list");
        String verbose = Corpus.out("lab/main/xl-list-v");
        String vcpus = Corpus.out("lab/main/xl-vcpu-list");
        String all = Corpus.out("derived-from-source/list_domains-all");
        String processes = Corpus.out("lab/main/ps");
        return List.of(
                subject("xl list", XlList::parse, Object::toString, list, Corpus.out("lab/actions/final-list")),
                subject("xl list -v", XlList::parse, Object::toString, verbose, later(verbose)),
                subject("xl list (many)", XlList::parse, Object::toString, Printed.xlList(domains(40)), list),
                subject("xl vcpu-list", XlVcpuList::parse, Object::toString, vcpus, later(vcpus)),
                subject("xl uptime", XlUptime::parse, Object::toString, Corpus.out("lab/main/xl-uptime"), later(vcpus)),
                // Whole lines that changed places between two rounds cannot be told.
                subject(
                        "xentop",
                        Xentop::parse,
                        row -> row.toString().replaceFirst("round=\\d", ""),
                        Corpus.out("lab/main/xentop-f"),
                        "junk\n"),
                subject(
                        "xl sched-credit2",
                        XlSchedCredit2::parse,
                        row -> row.domid() + " " + row.name() + " " + row.weight() + " " + row.cap(),
                        Corpus.out("lab/main/xl-sched-credit2"),
                        "junk\n"),
                subject("list_domains -all", ListDomains::parse, Object::toString, all, later(all)),
                subject("list_domains", ListDomains::parse, Object::toString, Printed.listDomains(domains(30)), all),
                // A command line is free text, and a damaged one may swallow what follows it.
                subject("ps", Ps::parse, row -> row.pid() + " " + row.ppid() + " " + row.stat(), processes, processes),
                new Subject(
                        "xen-diag",
                        out -> texts(GrantQuery.parse(out), Object::toString),
                        Printed.grants(domains(20)),
                        Printed.grants(domains(5)),
                        false));
    }

    private static <T> Subject subject(
            String tool, Function<String, Table<T>> parse, Function<T, String> text, String out, String other) {
        return new Subject(tool, output -> texts(parse.apply(output), text), out, other, true);
    }

    private static <T> Subject whole(String tool, Function<String, Reading<T>> parse, String capture) {
        String text = Corpus.out(capture);
        Function<String, Table<String>> table = out -> switch (parse.apply(out)) {
            case Reading.Read<T>(T value) -> new Table<>(List.of(value.toString()), List.of());
            case Reading.Unreadable<T>(Unparseable why) -> new Table<>(List.of(), List.of(why));
        };
        return new Subject(tool, table, text, text, true);
    }

    private static <T> Table<String> texts(Table<T> table, Function<T, String> text) {
        return new Table<>(table.rows().stream().map(text).toList(), table.unparseable());
    }

    /** The same table a moment later: other times and, where it has any, other states. */
    private static String later(String table) {
        return table.lines()
                .map(line -> line.replaceAll("(\\d)\\.\\d( |$)", "$1.9$2").replaceAll("[0-8]12( \\|)", "999$1") + "\n")
                .collect(Collectors.joining());
    }

    private static List<Printed.Domain> domains(int count) {
        List<String> states = List.of("r-----", "-b----", "------", "--p---", "---sc-", "--psrd");
        return IntStream.range(0, count)
                .mapToObj(i -> new Printed.Domain(
                        "guest " + "x".repeat(i % 30),
                        i * 7,
                        64L << i % 7,
                        1 + i % 8,
                        states.get(i % states.size()),
                        i * 1234L,
                        new UUID(i, i)))
                .toList();
    }
}

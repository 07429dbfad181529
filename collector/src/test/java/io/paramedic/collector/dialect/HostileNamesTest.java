package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Names are chosen by whoever owns a VM, and somebody will try. */
class HostileNamesTest {
    private static final int VMS = 5;
    private static final List<String> VM_FIELDS = List.of("uuid", "name-label", "power-state");

    @Property(tries = 1000)
    void aNameOnOneLineComesBackAsItIs(@ForAll("plainNames") List<String> names) {
        List<Printed.Domain> domains = domains(names);
        for (String output : List.of(Printed.xlList(domains), Printed.xlListV(domains))) {
            Table<XlListRow> table = XlList.parse(output);
            assertThat(table.unparseable()).isEmpty();
            assertThat(table.rows()).extracting(XlListRow::domid).containsExactlyElementsOf(ids(domains));
            assertThat(table.rows()).extracting(XlListRow::name).containsExactlyElementsOf(names);
        }
    }

    @Property(tries = 2000)
    void aNameCanHideARowOfXlListButNotChangeOne(@ForAll("forgedNames") List<String> names) {
        List<Printed.Domain> domains = domains(names);
        Map<Integer, String> truth = new HashMap<>();
        domains.forEach(d -> truth.put(d.domid(), d.mib() + d.state() + d.tenths()));
        for (String output : List.of(Printed.xlList(domains), Printed.xlListV(domains))) {
            for (XlListRow row : XlList.parse(output).rows()) {
                String told =
                        row.memoryMib() + row.state().letters() + row.cpuTime().toMillis() / 100;
                assertThat(truth.getOrDefault(row.domid(), told)).as(output).isEqualTo(told);
            }
        }
    }

    @Property(tries = 2000)
    void aNameCanHideARecordOfXeButNotChangeOne(@ForAll("forgedNames") List<String> names) {
        List<Printed.Vm> vms = IntStream.range(0, names.size())
                .mapToObj(i -> new Printed.Vm(uuid(i), names.get(i), i % 2 == 0 ? "running" : "paused"))
                .toList();
        Map<String, Printed.Vm> truth =
                vms.stream().collect(Collectors.toMap(vm -> vm.uuid().toString(), vm -> vm));
        Set<UUID> trusted = vms.stream().map(Printed.Vm::uuid).collect(Collectors.toSet());
        String output = Printed.xeVmList(vms);
        for (Map<String, String> record :
                XeRecords.parse(output, VM_FIELDS, trusted).rows()) {
            Printed.Vm vm = Objects.requireNonNull(truth.get(record.get("uuid")), output);
            assertThat(record).containsEntry("power-state", vm.power()).containsEntry("name-label", vm.name());
        }
    }

    @Property(tries = 500)
    void recordsOfWellBehavedNamesAreAllRead(@ForAll("plainNames") List<String> names) {
        List<Printed.Vm> vms = IntStream.range(0, names.size())
                .mapToObj(i -> new Printed.Vm(uuid(i), names.get(i), "running"))
                .toList();
        Set<UUID> trusted = vms.stream().map(Printed.Vm::uuid).collect(Collectors.toSet());
        Table<Map<String, String>> table = XeRecords.parse(Printed.xeVmList(vms), VM_FIELDS, trusted);
        assertThat(table.unparseable()).isEmpty();
        assertThat(table.rows()).extracting(r -> r.get("name-label")).containsExactlyElementsOf(names);
    }

    @Property(tries = 1000)
    void xenstoreGivesBackEveryNameWhateverIsInIt(@ForAll("forgedNames") List<String> names) {
        StringBuilder output = new StringBuilder("/local = \"\"\n/local/domain = \"\"\n");
        for (int i = 0; i < names.size(); i++) {
            output.append("/local/domain/").append(i).append(" = \"\"\n");
            output.append("/local/domain/")
                    .append(i)
                    .append("/name = \"")
                    .append(Printed.escaped(names.get(i)))
                    .append("\"\n");
        }
        assertThat(XenstoreLs.parse(output.toString())).isInstanceOfSatisfying(Reading.Read.class, read -> {
            XenstoreTree tree = (XenstoreTree) read.value();
            for (int i = 0; i < names.size(); i++) {
                assertThat(tree.get("/local/domain/" + i + "/name")).isEqualTo(names.get(i));
            }
            assertThat(tree.children("/local/domain")).hasSize(names.size());
        });
    }

    @Test
    void aForgedRowOfADomainThatExistsMakesBothUnparseable() {
        String forged = Printed.row(domain("innocent", 3, "---sc-"));
        List<Printed.Domain> domains = List.of(
                domain("Domain-0", 0, "r-----"),
                domain("x\n" + forged + "\ny", 1, "-b----"),
                domain("db", 3, "r-----"));
        Table<XlListRow> table = XlList.parse(Printed.xlList(domains));
        assertThat(table.rows()).extracting(XlListRow::domid).containsExactly(0);
        assertThat(table.unparseable()).extracting(Unparseable::reason).contains("out of order, or a domid seen twice");
    }

    @Test
    void aForgedRowOfADomainThatDoesNotExistIsTheResidualRisk() {
        String forged = Printed.row(domain("ghost", 1, "---sc-"));
        List<Printed.Domain> domains =
                List.of(domain("Domain-0", 0, "r-----"), domain(forged + "\n" + "y".repeat(40), 2, "-b----"));
        assertThat(XlList.parse(Printed.xlList(domains)).rows())
                .as("documented at XlList: xenstore-ls or the hypervisor's own list has to confirm a domain")
                .extracting(XlListRow::domid)
                .containsExactly(0, 1, 2);
    }

    @Test
    void namesThatEndTheReadingEndTheBelieving() {
        String forged = Printed.row(domain("victim", 9, "--p--d"));
        List<Printed.Domain> domains = List.of(
                domain("Domain-0", 0, "r-----"),
                domain("x\n" + forged + "\njunk".repeat(12_000), 1, "-b----"),
                domain("victim", 9, "r-----"));
        Table<XlListRow> table = XlList.parse(Printed.xlList(domains));
        assertThat(table.rows()).isEmpty();
        assertThat(table.complete()).isFalse();
    }

    @Test
    void aNameThatEndsARecordEarlyTakesItsOwnRecordAlong() {
        String name = "x\n    power-state ( RO): halted\n\n\nuuid ( RO)           : " + uuid(2)
                + "\n     name-label ( RW): y";
        List<Printed.Vm> vms = List.of(
                new Printed.Vm(uuid(0), "first", "running"),
                new Printed.Vm(uuid(1), name, "running"),
                new Printed.Vm(uuid(2), "victim", "running"),
                new Printed.Vm(uuid(3), "last", "running"));
        Table<Map<String, String>> table =
                XeRecords.parse(Printed.xeVmList(vms), VM_FIELDS, Set.of(uuid(0), uuid(1), uuid(2), uuid(3)));
        assertThat(table.rows()).extracting(r -> r.get("name-label")).containsExactly("first", "last");
        assertThat(table.unparseable()).hasSize(3);
    }

    @Test
    void anUntrustedUuidIsNoRecord() {
        List<Printed.Vm> vms = List.of(new Printed.Vm(uuid(0), "a", "running"), new Printed.Vm(uuid(9), "b", "halted"));
        Table<Map<String, String>> table = XeRecords.parse(Printed.xeVmList(vms), VM_FIELDS, Set.of(uuid(0)));
        assertThat(table.rows()).isEmpty();
        assertThat(table.unparseable())
                .extracting(Unparseable::quote)
                .hasSize(2)
                .last()
                .asString()
                .contains(uuid(9).toString());
    }

    @Provide
    Arbitrary<List<String>> plainNames() {
        Arbitrary<String> chosen = Arbitraries.of(
                "web 01 (prod)",
                "42",
                "a, b; c",
                "it's \"quoted\" $(reboot) `x` ; rm",
                "größe-日本-🚑",
                "x".repeat(39),
                "x".repeat(40),
                "a-name-that-is-clearly-longer-than-forty-characters-and-even-than-sixty",
                "key: value",
                "uuid ( RO)",
                " leading",
                "tab\there",
                "-",
                "Name                    ID");
        Arbitrary<String> any = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(45);
        return Arbitraries.oneOf(chosen, any.filter(HostileNamesTest::plain))
                .list()
                .ofSize(VMS);
    }

    /** One line, kept by UTF-8, and told apart from the blanks behind it. */
    private static boolean plain(String name) {
        boolean unicode = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(name);
        return unicode
                && !name.contains("\n")
                && !name.endsWith(" ")
                && !name.contains("  ")
                && !name.contains("\uFFFD");
    }

    @Provide
    Arbitrary<List<String>> forgedNames() {
        Arbitrary<Integer> id = Arbitraries.integers().between(0, VMS + 1);
        Arbitrary<String> piece = Arbitraries.oneOf(List.of(
                Arbitraries.of("\n", "\n\n", "\n\n\n", "x", "", "y".repeat(40), " ", "\\", "\t", "\u0001", "é", ": "),
                id.map(i -> Printed.row(domain("ghost", i, "--p--d"))),
                id.map(i -> Printed.row(domain("", i, "--p--d")).substring(40)),
                id.map(i -> "uuid ( RO)           : " + uuid(i)),
                Arbitraries.of("     name-label ( RW): z", "    power-state ( RO): halted"),
                id.map(i -> "uuid ( RO)           : " + uuid(i)
                        + "\n     name-label ( RW): z\n    power-state ( RO): halted\n\n\n")));
        Arbitrary<String> forged = piece.list().ofMaxSize(7).map(pieces -> String.join("", pieces));
        Arbitrary<String> lines = piece.list().ofMaxSize(5).map(pieces -> String.join("\n", pieces));
        Arbitrary<String> some = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("a", "b", "(null)")), Tuple.of(1, forged), Tuple.of(1, lines));
        return some.list().ofSize(VMS);
    }

    private static List<Printed.Domain> domains(List<String> names) {
        List<String> states = List.of("r-----", "-b----", "------", "--p---", "---sc-");
        List<Printed.Domain> domains = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            domains.add(new Printed.Domain(names.get(i), i, 100L * i + 7, 2, states.get(i % 5), 77L * i, uuid(i)));
        }
        return domains;
    }

    private static Printed.Domain domain(String name, int domid, String state) {
        return new Printed.Domain(name, domid, 512, 2, state, 15, uuid(domid));
    }

    private static Set<Integer> ids(List<Printed.Domain> domains) {
        return domains.stream().map(Printed.Domain::domid).collect(Collectors.toCollection(HashSet::new));
    }

    private static UUID uuid(int i) {
        return new UUID(0x1111_2222_3333_4444L, i);
    }
}

package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the smaller parsers that no capture shows. */
class SmallToolsTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    @Test
    void grantSizesOfSeveralDomainsAreReadOneAfterAnother() {
        Table<GrantRow> table = GrantQuery.parse("domid=1: nr_frames=61, max_nr_frames=64\n"
                + "domid=7: nr_frames=1, max_nr_frames=64\nxc: error: oops\ndomid=7: nr_frames=2, max_nr_frames=64\n"
                + "domid=9: nr_frames=65, max_nr_frames=64\n");
        assertThat(table.rows()).containsExactly(new GrantRow(1, 61, 64));
        assertThat(table.unparseable()).hasSize(4);
    }

    @Test
    void uptimeCountsDays() {
        String header = "Name                                ID Uptime\n";
        Table<XlUptime.Row> table = XlUptime.parse(header + "a                                    1 1 day,  0:00:01\n"
                + "b                                    2 400 days, 23:59:59\n"
                + "c                                    3 1 days, 23:59:59\n");
        assertThat(table.rows())
                .extracting(XlUptime.Row::uptime)
                .containsExactly(
                        Duration.ofDays(1).plusSeconds(1), Duration.ofDays(401).minusSeconds(1));
        assertThat(table.unparseable()).hasSize(1);
    }

    @Test
    void aProcessOfLongStandingShiftsItsCommand() {
        String row = "%7s %7s %-4s %-20s %11s %s\n";
        Table<ProcessRow> table = Ps.parse(row.formatted("PID", "PPID", "STAT", "WCHAN", "ELAPSED", "COMMAND")
                + row.formatted(1, 0, "Ss", "do_select", "400-01:02:03", "init [2]")
                + row.formatted(909, 1, "D", "-", "1-01:02:03", "qemu-dm -d 5")
                + row.formatted(910, 1, "Z", "-", "1-01:02:03", " [xl] <defunct>")
                + row.formatted(911, 1, "Q", "-", "1-01:02:03", "x"));
        assertThat(table.rows())
                .containsExactly(new ProcessRow(1, 0, "Ss", "init [2]"), new ProcessRow(909, 1, "D", "qemu-dm -d 5"));
        assertThat(table.unparseable()).hasSize(2);
    }

    @Test
    void anOfflineVcpuHasNoCpu() {
        String header = "Name                                ID  VCPU   CPU State   Time(s) Affinity (Hard / Soft)\n";
        Table<XlVcpuList.Row> table = XlVcpuList.parse(
                header + "x                                    3     0    5   -b-       1.0  0-3,5 / all\n"
                        + "x                                    3     1    -   --p       1.0  all / all\n"
                        + "x                                    3     2    4   --p       1.0  all / all\n");
        assertThat(table.rows()).extracting(XlVcpuList.Row::online).containsExactly(true, false);
        assertThat(table.unparseable()).hasSize(1);
    }

    @Test
    void minimalTakesEscapesAway() {
        assertThat(XeMinimal.parse("a\\,b,c\\\\,,d\n")).isEqualTo(Reading.of(List.of("a,b", "c\\", "", "d")));
        assertThat(XeMinimal.parse("\n")).isEqualTo(Reading.of(List.of()));
        assertThat(XeMinimal.uuids(ONE + "," + TWO + "\n")).isEqualTo(Reading.of(Set.of(ONE, TWO)));
        assertThat(XeMinimal.uuids("\n")).isEqualTo(Reading.of(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\nb\n", "a\\x\n", "a\\\n", "\n\n"})
    void minimalIsOneLine(String text) {
        assertThat(XeMinimal.parse(text)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void uuidsAreUuidsAndEachOnce() {
        assertThat(XeMinimal.uuids(ONE + "," + ONE + "\n")).isInstanceOf(Reading.Unreadable.class);
        assertThat(XeMinimal.uuids("db\n")).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void readsAVmOfTheDatabase() {
        Table<XeVm> table = XeVm.parse(vm(ONE, "db", "hard_reboot; snapshot", TWO.toString(), "17"), Set.of(ONE));
        assertThat(table.rows())
                .containsExactly(new XeVm(ONE, "db", false, "running", List.of("hard_reboot", "snapshot"), TWO, 17));
    }

    @Test
    void aVmThatIsNowhereHasNoHostAndNoDomain() {
        XeVm vm = XeVm.parse(vm(ONE, "db", "", "<not in database>", "-1"), Set.of(ONE))
                .rows()
                .getFirst();
        assertThat(vm.residentOn()).isNull();
        assertThat(vm.domid()).isEqualTo(-1);
        assertThat(vm.currentOperations()).isEmpty();
    }

    @Test
    void aVmWithAnImpossibleFieldIsUnparseable() {
        assertThat(XeVm.parse(vm(ONE, "db", "", "somewhere", "-1"), Set.of(ONE)).unparseable())
                .singleElement()
                .extracting(Unparseable::reason)
                .isEqualTo("a field does not hold what it should");
        assertThat(XeVm.parse(vm(ONE, "db", "", TWO.toString(), "-2"), Set.of(ONE))
                        .rows())
                .isEmpty();
    }

    @Test
    void readsTasksAndHosts() {
        String task = "uuid ( RO)                : " + ONE + "\n"
                + "          name-label ( RO): Async.VM.hard_shutdown\n"
                + "    name-description ( RO): \n"
                + "              status ( RO): pending\n"
                + "            progress ( RO): 0.300\n\n\n";
        assertThat(XeTask.parse(task, Set.of(ONE)).rows())
                .singleElement()
                .satisfies(t -> assertThat(t.progress()).isEqualByComparingTo("0.3"));
        String host = "uuid ( RO)                : " + ONE + "\n          name-label ( RW): xs1\n"
                + "    name-description ( RW): Default install\n\n\n";
        assertThat(XeHost.parse(host, Set.of(ONE)).rows()).containsExactly(new XeHost(ONE, "xs1", "Default install"));
    }

    @Test
    void recordsWithoutUuidsAreNotAskedFor() {
        assertThatThrownBy(() -> XeRecords.parse("", List.of("name-label")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uuid");
    }

    @Test
    void readsTheInventory() {
        String text = "PRODUCT_BRAND='XCP-ng'\nPRODUCT_VERSION='8.3.0'\n\nINSTALLATION_UUID='" + ONE
                + "'\nCONTROL_DOMAIN_UUID='" + TWO + "'\nMANAGEMENT_INTERFACE=''\n";
        assertThat(XenInventory.parse(text)).isInstanceOfSatisfying(Reading.Read.class, read -> {
            XenInventory inventory = (XenInventory) read.value();
            assertThat(inventory.host()).isEqualTo(ONE);
            assertThat(inventory.controlDomain()).isEqualTo(TWO);
            assertThat(inventory.brand()).isEqualTo("XCP-ng");
            assertThat(inventory.version()).isEqualTo("8.3.0");
        });
        assertThat(XenInventory.parse("PRODUCT_BRAND='XCP-ng'\n")).isInstanceOf(Reading.Unreadable.class);
        assertThat(XenInventory.parse(text.substring(0, text.length() - 1))).isInstanceOf(Reading.Unreadable.class);
        assertThat(XenInventory.parse("<html>\n")).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void xlInfoThatEndsTooEarlyIsUnreadable() {
        String info = Corpus.out("lab/main/xl-info");
        String early = info.substring(0, info.lastIndexOf("xend_config_format"));
        assertThat(XlInfo.parse(info)).isInstanceOf(Reading.Read.class);
        assertThat(XlInfo.parse(early)).isInstanceOf(Reading.Unreadable.class);
        assertThat(XlInfo.parse("")).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aNameMayHoldNewlinesAndIsStillOneName() {
        assertThat(XlLookup.name("a\nb\n")).isEqualTo(Reading.of("a\nb"));
        assertThat(XlLookup.name("a")).isInstanceOf(Reading.Unreadable.class);
        assertThat(XlLookup.domid("12\n")).isEqualTo(Reading.of(12));
        assertThat(XlLookup.domid("12\n13\n")).isInstanceOf(Reading.Unreadable.class);
        assertThat(XlLookup.domid("-1\n")).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void jsonWithADomainTwiceOrOfAnotherShapeIsUnreadable() {
        for (String json : List.of(
                "",
                "{}",
                "[{}]",
                "[{\"domid\":1.5,\"config\":{\"c_info\":{}}}]",
                "[{\"domid\":1,\"config\":{\"c_info\":{}}},{\"domid\":1,\"config\":{\"c_info\":{}}}]",
                "[{\"domid\":1,\"domid\":2,\"config\":{\"c_info\":{}}}]",
                "[] []",
                "[{\"domid\":99999,\"config\":{\"c_info\":{}}}]")) {
            assertThat(XlListLong.parse(json)).as(json).isInstanceOf(Reading.Unreadable.class);
        }
        assertThat(XlListLong.parse("[]")).isEqualTo(Reading.of(List.of()));
    }

    @Test
    void dmesgSpeaksOfTroubleAndOfNothingElse() {
        List<XlDmesg.Hint> hints = XlDmesg.parse("(XEN) d5 is limited to 64 grant-table frames\n(XEN) all is well\n"
                + "(XEN) [2026-11-20 10:00:00] Watchdog timer 1 fired for d7\n"
                + "(XEN) Domain 9 (vcpu#0) crashed on cpu#3:\n(d9) Domain 1 (vcpu#0) crashed on cpu#3:\n");
        assertThat(hints)
                .extracting(XlDmesg.Hint::kind)
                .containsExactly(XlDmesg.Kind.GRANT_LIMIT, XlDmesg.Kind.WATCHDOG_FIRED, XlDmesg.Kind.DOMAIN_CRASHED);
        assertThat(hints).extracting(XlDmesg.Hint::domid).containsExactly(5, 7, 9);
    }

    private static String vm(UUID uuid, String name, String operations, String resident, String domid) {
        return "uuid ( RO)                  : " + uuid + "\n            name-label ( RW): " + name
                + "\n     is-control-domain ( RO): false\n           power-state ( RO): running"
                + "\n    current-operations (SRO): " + operations + "\n           resident-on ( RO): " + resident
                + "\n                dom-id ( RO): " + domid + "\n\n\n";
    }
}

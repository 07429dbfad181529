package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListDomainsTest {
    private static final String HEADER = "id |                                 uuid |  state\n";
    private static final String ALL = Corpus.out("derived-from-source/list_domains-all");

    @Test
    void theLetterHIsHardwareAssistedAndNotHung() {
        ListDomainsRow row = ListDomains.parse(ALL).rows().get(4);
        assertThat(row.hardwareAssisted()).isTrue();
        assertThat(row.state()).isEqualTo(new XenState(false, false, false, false, null, false, "     H"));
    }

    @Test
    void theShutdownCodeMeansSomethingOnlyForADomainThatStopped() {
        assertThat(ListDomains.parse(ALL).rows()).allSatisfy(row -> {
            assertThat(row.shutdownCode() != null).isEqualTo(row.state().shutdown());
            assertThat(row.cpuTime()).isGreaterThan(Duration.ofMinutes(2));
        });
        assertThat(ListDomains.parse(ALL).rows().get(7).state().reason()).isEqualTo(ShutdownReason.CRASH);
    }

    @Test
    void withoutAllThereIsNoReason() {
        ListDomainsRow row = ListDomains.parse(Corpus.out("derived-from-source/list_domains"))
                .rows()
                .get(7);
        assertThat(row.state().shutdown()).isTrue();
        assertThat(row.state().reason()).isNull();
        assertThat(row.totalMib()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " 1 | 00000001-1111-2222-3333-000000000001 | B H\n",
                " 1 | 00000001-1111-2222-3333-000000000001 |   H   \n",
                " 1 | 00000001-1111-2222-3333-000000000001 |    RBH\n",
                "1  | 00000001-1111-2222-3333-000000000001 |    B H\n",
                " 1 | 00000001-1111-2222-3333-00000000000G |    B H\n",
                " 1 | 00000001-1111-2222-3333-000000000001 |    B H |\n",
                " 1 | 00000001-1111-2222-3333-000000000001 |    B H",
                " 1 | 00000001-1111-2222-3333-000000000001 |    B h\n",
                " 1   00000001-1111-2222-3333-000000000001 |    B H\n",
                "-1 | 00000001-1111-2222-3333-000000000001 |    B H\n",
                "01 | 00000001-1111-2222-3333-000000000001 |    B H\n"
            })
    void whatItDoesNotPrintIsQuotedAndNotRead(String row) {
        Table<ListDomainsRow> table = ListDomains.parse(HEADER + row);
        assertThat(table.rows()).isEmpty();
        assertThat(table.unparseable())
                .singleElement()
                .satisfies(why -> assertThat(row).startsWith(why.quote()));
    }

    @Test
    void aColumnWiderThanItsCellsTellsOfAMissingRow() {
        String withoutWidest = ALL.replaceFirst("12 \\| 0000000c[^\n]*\n", "").replaceFirst("26 \\| dead[^\n]*\n", "");
        assertThat(ListDomains.parse(withoutWidest).complete()).isTrue();
        String header = "  " + HEADER;
        Table<ListDomainsRow> table =
                ListDomains.parse(header + "   1 | 00000001-1111-2222-3333-000000000001 |    B H\n");
        assertThat(table.rows()).hasSize(1);
        assertThat(table.unparseable())
                .singleElement()
                .extracting(Unparseable::reason)
                .asString()
                .contains("'id'");
    }

    @Test
    void aWarningGluedToTheHeaderIsNoHeader() {
        assertThat(ListDomains.parse("Warning, ignoring unknown argument: x" + ALL)
                        .rows())
                .isEmpty();
    }

    @Test
    void oldColumnsAreKnownByTheirNames() {
        String old = "id |                                 uuid |  state | tot MiB | shutdown code\n"
                + " 3 | 00000003-1111-2222-3333-000000000003 |  S   H |      64 |             1\n";
        ListDomainsRow row = ListDomains.parse(old).rows().getFirst();
        assertThat(row.totalMib()).isEqualTo(64);
        assertThat(row.state().reason()).isEqualTo(ShutdownReason.REBOOT);
        assertThat(row.cpuTime()).isNull();
    }

    @Test
    void minimalIsHandlesAlone() {
        assertThat(ListDomains.parseMinimal(Corpus.out("derived-from-source/list_domains-minimal"))
                        .rows())
                .hasSize(12);
        assertThat(ListDomains.parseMinimal("9c2f8f2e-0d5e-4a35-9d4b-2b7c8f6a1e0\n")
                        .unparseable())
                .hasSize(1);
        assertThat(ListDomains.parseMinimal("").complete()).isTrue();
    }
}

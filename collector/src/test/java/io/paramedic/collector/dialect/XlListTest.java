package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlListTest {
    private static final String ROW =
            "db                                           5  8192     4     r-----   99999.9\n";

    @Test
    void readsAPlainRow() {
        Table<XlListRow> table = XlList.parse(XlList.HEADER + "\n" + ROW);
        assertThat(table.complete()).isTrue();
        assertThat(table.rows())
                .containsExactly(new XlListRow(
                        "db",
                        5,
                        8192,
                        4,
                        new XenState(true, false, false, false, null, false, "r-----"),
                        Duration.ofMillis(99_999_900),
                        null,
                        null));
    }

    @Test
    void readsHandleAndReasonOfAVerboseRow() {
        String row = "odd                                         15  4096     2     ---s?-       1.5"
                + " 0000000f-1111-2222-3333-00000000000f       ff                -\n";
        XlListRow read = XlList.parse(XlList.HEADER_V + "\n" + row).rows().getFirst();
        assertThat(read.uuid()).isEqualTo(UUID.fromString("0000000f-1111-2222-3333-00000000000f"));
        assertThat(read.shutdownCode()).isEqualTo(255);
        assertThat(read.state().reason()).isEqualTo(ShutdownReason.UNKNOWN);
    }

    @Test
    void aMissingNameIsNotAWord() {
        assertThat(XlList.parse(Corpus.out("lab/xenstored-killed/restart-list-v"))
                        .rows())
                .filteredOn(row -> row.name() == null)
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.state().dying()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Each is a row with one thing that xl does not print.
                "db                                           5  8192     4     r-----   99999.99\n",
                "db                                           5  8192     4     r----    99999.9\n",
                "db                                           5  8192     4     b-----   99999.9\n",
                "db                                           5  8192     4     r---c-   99999.9\n",
                "db                                       99999  8192     4     r-----   99999.9\n",
                "db                                       32752  8192     4     r-----   99999.9\n",
                "db                                          05  8192     4     r-----   99999.9\n",
                "db                                          -5  8192     4     r-----   99999.9\n",
                "db                                           5  8192     4     r-----  099999.9\n",
                "db                                           5  8192     4     r-----   99999.9 \n",
                "db                                            5  8192     4     r-----   99999.9\n",
                "db   5  8192     4     r-----   99999.9\n",
                "db\t                                           5  8192     4     r-----   99999.9\n",
                "db                                           5 99999999999999999999     4     r-----   99999.9\n",
                "    5  8192     4     r-----   99999.9\n",
                "db                                           5  8192     4     r-----   99999.9",
                "\n",
                "5\n",
                "   \n"
            })
    void whatXlDoesNotPrintIsQuotedAndNotRead(String row) {
        Table<XlListRow> table = XlList.parse(XlList.HEADER + "\n" + row);
        assertThat(table.rows()).isEmpty();
        assertThat(table.unparseable()).singleElement().satisfies(why -> {
            assertThat(why.line()).isEqualTo(2);
            assertThat(row.replace("\n", "").replace("\t", "\\t")).startsWith(why.quote());
        });
    }

    @Test
    void theReasonCodeHasToAgreeWithTheLetter() {
        String row = "x                                            5  8192     4     ---sc-       1.5"
                + " 0000000f-1111-2222-3333-00000000000f        1                -\n";
        assertThat(XlList.parse(XlList.HEADER_V + "\n" + row).rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "Name ID Mem VCPUs State Time(s)\n", "cannot init xl context\n"})
    void withoutItsHeaderNothingIsBelieved(String header) {
        Table<XlListRow> table = XlList.parse(header + (header.isEmpty() ? "" : ROW));
        assertThat(table.rows()).isEmpty();
        assertThat(table.unparseable()).hasSize(1);
    }

    @Test
    void anEmptyListIsComplete() {
        assertThat(XlList.parse(XlList.HEADER + "\n")).isEqualTo(new Table<>(List.of(), List.of()));
    }

    @Test
    void twoRowsThatRanTogetherAreNoRow() {
        String joined = ROW.strip() + ROW.replace("  5  8192", " 12  8192");
        assertThat(XlList.parse(XlList.HEADER + "\n" + joined).rows()).isEmpty();
    }

    @Test
    void rowsOutOfOrderAreNotBelieved() {
        String rows = row(1) + row(9) + row(4) + row(12);
        Table<XlListRow> table = XlList.parse(XlList.HEADER + "\n" + rows);
        assertThat(table.rows()).extracting(XlListRow::domid).containsExactly(1, 12);
        assertThat(table.unparseable()).extracting(Unparseable::line).containsExactly(3, 4);
    }

    @Test
    void aRowIsNotBelievedBesideADamagedLineOfTheSameDomid() {
        Table<XlListRow> table = XlList.parse(XlList.HEADER + "\n" + row(4) + row(7).substring(2) + row(7));
        assertThat(table.rows()).extracting(XlListRow::domid).containsExactly(4);
        assertThat(table.unparseable()).hasSize(2);
    }

    @Test
    void aNameThatIsNotUtf8IsReadWithItsPlaceholder() {
        String cell = "caf\uFFFD" + " ".repeat(36);
        String row = ROW.replace("db" + " ".repeat(38), cell);
        assertThat(XlList.parse(XlList.HEADER + "\n" + row).rows())
                .extracting(XlListRow::name)
                .containsExactly("caf\uFFFD");
    }

    private static String row(int domid) {
        return Printed.row(new Printed.Domain("vm" + domid, domid, 96, 1, "-b----", 15, new UUID(0, domid))) + "\n";
    }
}

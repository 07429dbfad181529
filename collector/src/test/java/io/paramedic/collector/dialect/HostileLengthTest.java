package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A megabyte of what could make a parser think long takes it moments: quadratic work on it would take hours, so the
 * limit is generous and says nothing of speed.
 */
class HostileLengthTest {
    private static final int SIZE = 1 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<String> PIECES = List.of(
            " ",
            "1",
            "1 ",
            "-",
            "------ 1.0 ",
            "a",
            "\"",
            "\\",
            "\\x",
            "/a",
            "/a/",
            ": ",
            ",",
            "\t",
            "\n",
            "a\n\n\n",
            "a\n",
            " | ",
            "[",
            "{\"a\":",
            "uuid ( RO) : ",
            "Domain with name \"",
            "(XEN) Grant ",
            "Domain 1:Send trigger '",
            "é",
            "0.",
            "Cpupool : ",
            "1-",
            "00:",
            "key='",
            "\u0000");

    @ParameterizedTest
    @MethodSource("parsers")
    void isReadInMoments(Parser parser) {
        for (String piece : PIECES) {
            String text = parser.header() + piece.repeat(SIZE / piece.length()) + "\n";
            Object result =
                    assertTimeoutPreemptively(LIMIT, () -> parser.parse().apply(text), piece);
            assertThat(result).as(piece).isNotNull();
        }
    }

    record Parser(String tool, String header, Function<String, Object> parse) {
        @Override
        public String toString() {
            return tool;
        }
    }

    static List<Parser> parsers() {
        String clock = "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n";
        return List.of(
                new Parser("xl list", header("lab/main/xl-list"), XlList::parse),
                new Parser("xl list -v", header("lab/main/xl-list-v"), XlList::parse),
                new Parser("xl list -l", "", XlListLong::parse),
                new Parser("xl vcpu-list", header("lab/main/xl-vcpu-list"), XlVcpuList::parse),
                new Parser("xl uptime", header("lab/main/xl-uptime"), XlUptime::parse),
                new Parser("xl info", "", XlInfo::parse),
                new Parser(
                        "xl sched-credit2",
                        "Cpupool Pool-0: ratelimit=1000us\nName                                ID Weight  Cap\n",
                        XlSchedCredit2::parse),
                new Parser("xl pools", "Cpupool ", XlSchedCredit2::parse),
                new Parser("xl dmesg", "(XEN) ", XlDmesg::parse),
                new Parser("xl stderr", "", XlError::parse),
                new Parser("xentop", header("lab/main/xentop-f"), Xentop::parse),
                new Parser("xentop header", "", Xentop::parse),
                new Parser("xenstore-ls", "/a = \"", XenstoreLs::parse),
                new Parser("xenstore paths", "", XenstoreLs::parse),
                new Parser("xenstore-list", "", XenstoreLs::names),
                new Parser("ps", header("lab/main/ps"), Ps::parse),
                new Parser("ps header", "", Ps::parse),
                new Parser("ps row", header("lab/main/ps") + "    1     0 Ss   ", Ps::parse),
                new Parser("xen-diag", "domid=1: nr_frames=", GrantQuery::parse),
                new Parser("list_domains", header("derived-from-source/list_domains"), ListDomains::parse),
                new Parser("list_domains header", "id | uuid", ListDomains::parse),
                new Parser(
                        "xe", "", out -> XeRecords.parse(out, List.of("uuid", "name-label"), Set.of(new UUID(1, 1)))),
                new Parser("xe --minimal", "", XeMinimal::parse),
                new Parser("xe stderr", "", err -> String.valueOf(XeError.parse(err))),
                new Parser("inventory", "", XenInventory::parse),
                new Parser("clock", clock, ClockedOutput::split));
    }

    private static String header(String capture) {
        String out = Corpus.out(capture);
        return out.substring(0, out.indexOf('\n') + 1);
    }
}

package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a tool prints is fixed: another name, uuid or id in the model shows in every one of them. */
class IdentityChangesTest {
    private static final String BEFORE = "11111111-aaaa-4bbb-8ccc-222222222222";
    private static final String AFTER = "33333333-dddd-4eee-8fff-444444444444";

    static Stream<List<String>> toolsOfXl() {
        return Stream.of(
                List.of("xl", "list"),
                List.of("xl", "list", "-v"),
                List.of("xl", "list", "-l"),
                List.of("xl", "vm-list"),
                List.of("xl", "vcpu-list"),
                List.of("xl", "uptime"),
                List.of("xl", "sched-credit2"),
                List.of("xenstore-ls", "-f"),
                List.of("ps", "axo", "pid,ppid,stat,wchan:20,etime,args"));
    }

    static Stream<List<String>> toolsOfXcpNg() {
        return Stream.of(
                List.of("xl", "list", "-v"),
                List.of("list_domains", "-all"),
                List.of("list_domains", "-minimal"),
                List.of("xe", "vm-list", "params=all"),
                List.of("xe", "vm-list", "params=uuid", "--minimal"),
                List.of("xenstore-ls", "-f"),
                List.of("ps", "axo", "pid,args"));
    }

    @ParameterizedTest
    @MethodSource("toolsOfXl")
    void showInEveryToolOfXl(List<String> tool) throws InterruptedException {
        check(HostFacts.xl("xl-1"), tool);
    }

    @ParameterizedTest
    @MethodSource("toolsOfXcpNg")
    void showInEveryToolOfXcpNg(List<String> tool) throws InterruptedException {
        check(HostFacts.xcpNg("xcp-1"), tool);
    }

    private static void check(HostFacts facts, List<String> tool) throws InterruptedException {
        HostModel model = new HostModel(facts, TimeSource.real());
        ToolRunner tools = new ToolRunner(model);
        String[] argv = tool.toArray(String[]::new);
        model.start(DomainSpec.hvm("before-name").uuid(BEFORE), 4711);
        String before = tools.run(argv).out();

        model.faults().rename(4711, "after-name");
        model.faults().changeUuid(4711, UUID.fromString(AFTER));
        model.faults().changeDomid(4711, 8222);
        String after = tools.run(argv).out();

        assertThat(before).containsAnyOf("before-name", BEFORE, "4711");
        assertThat(after).doesNotContain("before-name", BEFORE, "4711");
        assertThat(identities(after)).isEqualTo(identities(before));
    }

    /** How often a name, a uuid and an id are shown. */
    private static List<Long> identities(String text) {
        return Stream.of("before-name|after-name", BEFORE + "|" + AFTER, "\\b(4711|8222)\\b")
                .map(pattern -> Pattern.compile(pattern).matcher(text).results().count())
                .toList();
    }
}

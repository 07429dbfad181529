package io.paramedic.collector.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.sampling.Glance.Guest;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final String HEADER =
            "Name                                        ID   Mem VCPUs\tState\tTime(s)   UUID                        "
                    + "    Reason-Code\tSecurity Label\n";
    private static final String PS = "  PID  PPID STAT WCHAN                    ELAPSED COMMAND\n"
            + "  574     1 S    do_sys_poll                08:58 /usr/lib/xen-4.17/bin/oxenstored\n"
            + "  602     1 Ssl  do_sys_poll                05:17 /usr/sbin/xl create /lab/web.cfg\n"
            + "  700     1 Sl   do_sys_poll                05:17 qemu-system-i386 -xen-domid 5\n";
    private static final String UUID_TEXT = "9c2f8f2e-0d5e-4a35-9d4b-2b7c8f6a1e02";

    private final ScriptedHost host = new ScriptedHost()
            .on("xenstore-list", "0\n5\n")
            .on("xl info", "xen_version            : 4.17.7\nxend_config_format     : 4\n")
            .on("xen-diag", "domid=5: nr_frames=1, max_nr_frames=64\n")
            .on(" ps axo", PS);
    private final Sampler sampler = new Sampler("xen-07", host, SamplerSettings.DEFAULT, Set.of("data/alive"));

    private static String row(String name, int domid, String state, double seconds) {
        return "%-40s %5d %5d %5d     %s  %8.1f 00000000-0000-0000-0000-0000000000%02x %8s %16s%n"
                .formatted(name, domid, 96, 1, state, seconds, domid, "-", "-");
    }

    private static String list(String... rows) {
        return HEADER + row("Domain-0", 0, "r-----", 117.7) + String.join("", rows);
    }

    private static String store(String nodes) {
        return "/local = \"\"\n/local/domain = \"\"\n/local/domain/5 = \"\"\n/local/domain/5/name = \"web\"\n" + nodes
                + "/libxl = \"\"\n/libxl/5 = \"\"\n/libxl/5/type = \"hvm\"\n";
    }

    private static final String LIVING = store("/local/domain/5/image = \"\"\n/local/domain/5/image/device-model-pid ="
            + " \"700\"\n/local/domain/5/data = \"\"\n/local/domain/5/data/alive = \"7\"\n"
            + "/local/domain/5/attr = \"\"\n/local/domain/5/attr/vif = \"\"\n/local/domain/5/attr/vif/0 = \"\"\n"
            + "/local/domain/5/attr/vif/0/ipv4 = \"\"\n/local/domain/5/attr/vif/0/ipv4/0 = \"10.0.0.5\"\n");

    private Glance.Seen seen() throws InterruptedException {
        host.pause(Duration.ofSeconds(5));
        Glance glance = sampler.look(false);
        assertThat(glance).isInstanceOf(Glance.Seen.class);
        return (Glance.Seen) glance;
    }

    private static DomainObservation web(Glance.Seen seen) {
        return seen.observation().domains().stream()
                .filter(d -> d.domid() == 5)
                .findFirst()
                .orElseThrow();
    }

    private long times(String words) {
        return host.ran().stream().filter(line -> line.contains(words)).count();
    }

    @Test
    void reducesTheSamplesOfItsWindow() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        assertThat(web(seen()).condition()).isEqualTo(new Condition.Running(Activity.UNDETERMINED));
        for (int i = 0; i < 20; i++) {
            assertThat(web(seen()).condition()).isEqualTo(new Condition.Running(Activity.QUIET));
        }
        assertThat(seen().observation().window()).isEqualTo(SamplerSettings.DEFAULT.window());
        assertThat(seen().listing()).isEqualTo(Listing.WHOLE);
    }

    @Test
    void aHealthyHostIsAskedLittle() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        for (int i = 0; i < 24; i++) {
            seen();
        }
        assertThat(times("xl list -v")).isEqualTo(24);
        assertThat(times("xenstore-ls")).isBetween(4L, 5L);
        assertThat(times("ps axo")).isBetween(11L, 13L);
        assertThat(times("xl info")).isBetween(2L, 3L);
        assertThat(times("command -v")).isEqualTo(1);
    }

    @Test
    void everyCommandOnlyReads() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "---s--", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        for (int i = 0; i < 24; i++) {
            seen();
        }
        Pattern closed = Pattern.compile("cat /proc/sys/kernel/random/boot_id /proc/uptime /proc/loadavg"
                + "|command -v [a-z_-]+|xl list -v|xl info|xenstore-ls -f|xenstore-list /local/domain"
                + "|xenstore-read( /local/domain/[0-9]+/[a-z/-]+)+|xen-diag gnttab_query_size [0-9]+"
                + "|ps axo pid,ppid,stat,wchan:20,etime,args|ls -l( /proc/[0-9]+/fd/1)+");
        assertThat(host.ran()).allSatisfy(line -> {
            for (String part : line.substring(HostCommand.PRELUDE.length()).split("; | && ")) {
                assertThat(part.replaceFirst("^timeout -k 1 \\d+ ", "")).matches(closed);
            }
        });
    }

    @Test
    void tellsWhatGuestsWrote() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "8\n700\n");
        assertThat(seen().guests()).containsEntry(5, new Guest(Map.of("data/alive", "7"), List.of("10.0.0.5")));
        assertThat(seen().guests()).containsEntry(5, new Guest(Map.of("data/alive", "8"), List.of("10.0.0.5")));
    }

    @Test
    void aNewDomainIsLookedAtWhole() throws InterruptedException {
        host.on("xl list -v", list(), list(row("web", 5, "-b----", 14.3))).on("xenstore-ls", store(""), LIVING);
        assertThat(seen().guests()).isEmpty();
        assertThat(seen().guests()).containsKey(5);
    }

    @Test
    void aDeviceModelThatDiedIsToldOnceNoReadingOfTheWindowHasIt() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "------", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        assertThat(web(seen()).signals().deviceModel()).isEqualTo(new DeviceModel(700, "Sl", null));
        host.instead(" ps axo", ScriptedHost.completed(0, PS.substring(0, PS.lastIndexOf("  700")), ""));
        int looks = 0;
        while (!Objects.requireNonNull(web(seen()).signals().deviceModel()).dead()) {
            looks++;
        }
        assertThat(looks).isBetween(1, 6);
    }

    @Test
    void aToolstackThatHangsIsAnObservation() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        seen();
        host.instead("xl list -v", ScriptedHost.completed(124, "", "")).instead("xenstore-list", ScriptedHost.hung());
        Glance.Seen hung = seen();
        assertThat(hung.listing()).isEqualTo(Listing.NONE);
        assertThat(hung.observation().domains()).isEmpty();
        assertThat(hung.observation().facts().toolstackAnswer().how()).isEqualTo(How.HUNG);
        assertThat(hung.observation().facts().xenstore().how()).isEqualTo(How.HUNG);
        assertThat(hung.observation().facts().daemons()).isNotEmpty();
    }

    @Test
    void aToolThatWasToldTheDomainByNameIsAtWorkOnIt() throws InterruptedException {
        String migrates = "  910     1 S    do_sys_poll                00:17 xl migrate web xen-2\n";
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .instead(" ps axo", ScriptedHost.completed(0, PS + migrates, ""));
        assertThat(web(seen()).signals().processes()).contains("xl migrate web xen-2");
    }

    @Test
    void aListThatAnswersAndIsOfNoUseHasFailed() throws InterruptedException {
        host.on("xenstore-ls", LIVING);
        for (String useless : List.of(HEADER, "", "garbage\n", HEADER + "garbage\n")) {
            host.instead("xl list -v", ScriptedHost.completed(0, useless, ""));
            Glance.Seen seen = seen();
            assertThat(seen.listing()).as(useless).isEqualTo(Listing.NONE);
            assertThat(seen.observation().facts().toolstackAnswer().how())
                    .as(useless)
                    .isEqualTo(How.FAILED);
            assertThat(seen.observation().unread())
                    .as(useless)
                    .extracting(Unread::what)
                    .anyMatch(what -> what.startsWith("xl list"));
        }
    }

    @Test
    void whatXenstoreDoesNotTellNowIsNotKnownNow() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        seen();
        host.instead("xenstore-read", ScriptedHost.hung()).instead("xenstore-list", ScriptedHost.hung());
        Glance.Seen without = seen();
        assertThat(without.listing()).isEqualTo(Listing.WHOLE);
        assertThat(without.guests()).isEmpty();
        assertThat(web(without).signals().inXenstore()).isNull();
        assertThat(web(without).signals().deviceModel()).isNull();
        assertThat(without.observation().facts().xenstore().how()).isEqualTo(How.HUNG);
    }

    @Test
    void aRowThatNobodyUnderstandsMakesTheListPartial() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)), list("garbage\n"))
                .on("xenstore-ls", LIVING);
        assertThat(seen().listing()).isEqualTo(Listing.WHOLE);
        assertThat(seen().listing()).isEqualTo(Listing.PARTIAL);
    }

    @Test
    void afterABootNothingOfBeforeCounts() throws InterruptedException {
        host.on("xl list -v", list(row("web", 5, "-b----", 14.3)))
                .on("xenstore-ls", LIVING)
                .on("xenstore-read", "700\n7\n");
        seen();
        assertThat(seen().observation().window()).isPositive();
        UUID next = new UUID(1, 1);
        host.reboot(next);
        Glance.Seen after = seen();
        assertThat(after.observation().time().bootId()).isEqualTo(next);
        assertThat(after.observation().window()).isZero();
        assertThat(times("command -v")).isEqualTo(2);
    }

    @Test
    void whoCannotBeReachedIsNotSeen() throws InterruptedException {
        ScriptedHost gone = new ScriptedHost() {
            @Override
            public synchronized CommandResult run(HostCommand command) {
                return new CommandResult.NotReached(
                        new Unreachable(Unreachable.Kind.NO_ROUTE, "xen-07: no way to it.", null),
                        Duration.ofMillis(2));
            }
        };
        assertThat(new Sampler("xen-07", gone, SamplerSettings.DEFAULT, Set.of()).look(false))
                .isEqualTo(new Glance.NotSeen("no-route", "xen-07: no way to it."));
    }

    @Test
    void aHostWithoutXenIsToldToBeOne() throws InterruptedException {
        host.tools("/usr/bin/timeout\n/bin/ps\n");
        Glance.Seen seen = seen();
        assertThat(seen.listing()).isEqualTo(Listing.NONE);
        assertThat(seen.observation().facts().toolstack()).isEqualTo(Toolstack.UNKNOWN);
        assertThat(seen.observation().unread()).extracting(Unread::what).contains("the list of domains");
    }

    @Test
    void ourOwnCommandsAreAtWorkOnNoDomain() {
        String line = "sudo -n -- sh -c export LC_ALL=C PATH=\"$PATH:/sbin\"; timeout -k 1 5 xl list -v";
        assertThat(Sampler.notOurs(new ProcessRow(9, 1, "S", line))).isFalse();
        assertThat(Sampler.notOurs(new ProcessRow(9, 1, "S", "xl destroy 5"))).isTrue();
    }

    @Test
    void onXapiTellsWhetherTheHostTakesVms() throws InterruptedException {
        ScriptedHost xapi = new ScriptedHost()
                .tools("/usr/bin/timeout\n/usr/bin/list_domains\n/usr/bin/xe\n/bin/ps\n")
                .on("list_domains -all", """
                    id |                                 uuid |  state | tot MiB | max MiB | shadow MiB | shutdown code |     sif |     cpu time | vcpus online | max vcpu id | ssidref
                     0 | 9c2f8f2e-0d5e-4a35-9d4b-2b7c8f6a1e01 |     R  |    4096 |     N/A |        N/A |           255 | 1234567 | 123456789012 |            2 |           1 |       0
                    """)
                .on("xensource-inventory", "INSTALLATION_UUID='" + UUID_TEXT + "'\n")
                .on("xe host-list uuid=" + UUID_TEXT + " params=enabled --minimal", "false\n")
                .on(" ps axo", PS);
        Sampler look = new Sampler("xcp-1", xapi, SamplerSettings.DEFAULT, Set.of());
        Glance.Seen seen = (Glance.Seen) look.look(false);
        assertThat(seen.observation().facts().enabled()).isFalse();
        assertThat(seen.observation().facts().hostUuid()).hasToString(UUID_TEXT);
    }

    @Test
    void whatIsNeitherTrueNorFalseIsNotKnown() {
        for (String said : List.of("", "\n", "True\n", "true", "true\nfalse\n")) {
            assertThat(RareQuestions.enabled(new ToolAnswer.Said(said, "", 0, Duration.ZERO)))
                    .as(said)
                    .isNull();
        }
        assertThat(RareQuestions.enabled(new ToolAnswer.Said("true\n", "", 1, Duration.ZERO)))
                .isNull();
        assertThat(RareQuestions.enabled(new ToolAnswer.Said("true\n", "", 0, Duration.ZERO)))
                .isTrue();
    }
}

package io.paramedic.collector.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostLookTest {
    private static final String HEADER =
            "Name                                        ID   Mem VCPUs\tState\tTime(s)   UUID                        "
                    + "    Reason-Code\tSecurity Label\n";
    private static final String DOM0 = row("Domain-0", 0, "r-----", 117.7, "-");
    private static final String PS = "  PID  PPID STAT WCHAN                    ELAPSED COMMAND\n"
            + "  574     1 S    do_sys_poll                08:58 /usr/lib/xen-4.17/bin/oxenstored --pid-file"
            + " /run/xenstore.pid\n"
            + "  581     1 Sl   do_sys_poll                08:58 /usr/lib/xen-4.17/bin/xenconsoled --pid-file"
            + " /run/xenconsoled.pid\n"
            + "  602     1 Ssl  do_sys_poll                05:17 /usr/lib/xen-4.17/bin/xl create /lab/web.cfg\n";
    private static final String STORE = store("", "/libxl/5/type = \"pvh\"\n");

    /** The tree as xenstore-ls prints it, each node below its parent. */
    private static String store(String nodesOfTheDomain, String nodesOfLibxl) {
        return "/local = \"\"\n/local/domain = \"\"\n/local/domain/5 = \"\"\n/local/domain/5/name = \"web\"\n"
                + nodesOfTheDomain
                + "/libxl = \"\"\n/libxl/5 = \"\"\n"
                + nodesOfLibxl;
    }

    private static String heartbeat(int count) {
        return store("/local/domain/5/data = \"\"\n/local/domain/5/data/heartbeat = \"" + count + "\"\n", "");
    }

    private static String row(String name, int domid, String state, double seconds, String code) {
        return "%-40s %5d %5d %5d     %s  %8.1f 00000000-0000-0000-0000-0000000000%02x %8s %16s%n"
                .formatted(name, domid, 96, 1, state, seconds, domid, code, "-");
    }

    private static String list(String... rows) {
        return HEADER + DOM0 + String.join("", rows);
    }

    private static ScriptedHost host() {
        return new ScriptedHost()
                .on("xenstore-list", "0\n5\n")
                .on(
                        "xl info",
                        "xen_version            : 4.17.7\n"
                                + "xen_scheduler          : credit2\n"
                                + "xend_config_format     : 4\n")
                .on("xen-diag", "domid=5: nr_frames=1, max_nr_frames=64\n")
                .on(" ps axo", PS);
    }

    private static HostObservation seen(ScriptedHost host) throws InterruptedException {
        Look look = HostLook.at(host, LookPlan.DEFAULT, host::pause);
        assertThat(look).isInstanceOf(Look.Seen.class);
        return ((Look.Seen) look).observation();
    }

    private static DomainObservation domain(HostObservation host, int domid) {
        return host.domains().stream()
                .filter(d -> d.domid() == domid)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void joinsWhatTheToolsSayOfAnIdleGuest() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on("xenstore-ls", STORE);
        HostObservation seen = seen(host);
        DomainObservation web = domain(seen, 5);
        assertThat(seen.unread()).isEmpty();
        assertThat(web.name()).isEqualTo("web");
        assertThat(web.type()).isEqualTo(DomainType.PVH);
        assertThat(web.typeSource()).isEqualTo("xenstore /libxl/5/type");
        assertThat(web.condition()).isEqualTo(new Condition.Running(Activity.QUIET));
        assertThat(web.signals().reaperRunning()).isTrue();
        assertThat(web.signals().grants()).isNotNull();
        assertThat(seen.facts().toolstack()).isEqualTo(Toolstack.XL);
        assertThat(seen.facts().scheduler()).isEqualTo("credit2");
        assertThat(seen.facts().daemons()).allSatisfy(d -> assertThat(d.state()).startsWith("S"));
        assertThat(seen.time())
                .isEqualTo(new HostTime(ScriptedHost.BOOT, Duration.ofMinutes(9).plusMillis(1500)));
        assertThat(seen.unread()).isEmpty();
    }

    @Test
    void doesNotKeepAHealthyHostWaiting() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on("xenstore-ls", STORE);
        assertThat(seen(host).window()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void everyCommandOnlyReads() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "------", 14.3, "-")))
                .on("xenstore-ls", STORE);
        seen(host);
        assertThat(host.ran()).allSatisfy(HostLookTest::onlyReads);
    }

    /** The closed list, word for word; the host's own time limit stands before a tool and is not one. */
    private static void onlyReads(String line) {
        assertThat(line).startsWith(HostCommand.PRELUDE);
        for (String part : line.substring(HostCommand.PRELUDE.length()).split("; | && ")) {
            String tool = part.replaceFirst("^timeout -k 1 \\d+ ", "");
            assertThat(tool)
                    .matches("cat /proc/sys/kernel/random/boot_id /proc/uptime /proc/loadavg|cat"
                            + " /etc/xensource-inventory|command -v [a-z_-]+|xl list -v|xl info|list_domains"
                            + " -all|xenstore-ls -f|xenstore-list /local/domain|xenstore-read("
                            + " /local/domain/[0-9]+/[a-z/-]+)+|xen-diag gnttab_query_size [0-9]+|ps axo"
                            + " pid,ppid,stat,wchan:20,etime,args|ls -l( /proc/[0-9]+/fd/1)+|xe vm-list"
                            + " params=[a-z,-]+( --minimal)?");
        }
    }

    @Test
    void watchesAGuestWhoseHeartbeatStandsStillToTheEndOfItsPatience() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "r-----", 14.3, "-")))
                .on("xenstore-ls", heartbeat(41))
                .on("xenstore-read", "41\n");
        HostObservation seen = seen(host);
        assertThat(seen.window()).isGreaterThanOrEqualTo(LookPlan.DEFAULT.patience());
        Heartbeat beat = domain(seen, 5).signals().heartbeat();
        assertThat(beat).isNotNull();
        assertThat(beat.moved()).isFalse();
        assertThat(beat.watched()).isGreaterThanOrEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void stopsWatchingAsSoonAsTheHeartbeatMoves() throws InterruptedException {
        String still = heartbeat(41);
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "r-----", 14.3, "-")))
                .on("xenstore-ls", still)
                .on("xenstore-read", "41\n", "41\n", "42\n");
        HostObservation seen = seen(host);
        assertThat(seen.window()).isLessThan(Duration.ofSeconds(5));
        assertThat(domain(seen, 5).signals().heartbeat())
                .isNotNull()
                .extracting(Heartbeat::moved)
                .isEqualTo(true);
    }

    @Test
    void aDeviceModelThatWasAliveInOnePairOfReadingsIsAlive() throws InterruptedException {
        String qemu =
                "  700     1 Sl   do_sys_poll                05:17 /usr/lib/xen-4.17/bin/qemu-system-i386 -xen-domid"
                        + " 5\n";
        ScriptedHost host = new ScriptedHost()
                .on("xenstore-list", "0\n5\n")
                .on("xenstore-read", "700\n")
                .on("xl info", "xen_version            : 4.17.7\nxend_config_format     : 4\n")
                .on("xen-diag", "")
                .on(" ps axo", PS + qemu, PS)
                .on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on(
                        "xenstore-ls",
                        store("/local/domain/5/image = \"\"\n/local/domain/5/image/device-model-pid = \"700\"\n", ""));
        DeviceModel model = domain(seen(host), 5).signals().deviceModel();
        assertThat(model).isNotNull();
        assertThat(model.dead()).isFalse();
        ScriptedHost dead = host().on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on(
                        "xenstore-ls",
                        store("/local/domain/5/image = \"\"\n/local/domain/5/image/device-model-pid = \"700\"\n", ""));
        DeviceModel gone = domain(seen(dead), 5).signals().deviceModel();
        assertThat(gone).isNotNull();
        assertThat(gone.dead()).isTrue();
    }

    @Test
    void aRowThatIsGarbageIsQuotedAndItsDomainIsNotCalledGone() throws InterruptedException {
        String whole = list(row("web", 5, "-b----", 14.3, "-"), row("db", 6, "-b----", 1.0, "-"));
        String cut = list(row("web", 5, "-b----", 14.3, "-")) + "db      6   ??\n";
        HostObservation seen =
                seen(host().on("xl list -v", whole, whole, whole, cut).on("xenstore-ls", STORE));
        assertThat(seen.domains()).extracting(DomainObservation::domid).containsExactly(0, 5, 6);
        assertThat(domain(seen, 6).condition()).isInstanceOf(Condition.Running.class);
        assertThat(seen.unread()).anySatisfy(u -> assertThat(u.quote()).contains("db      6   ??"));
    }

    @Test
    void aDomainThatLeftAWholeListIsGone() throws InterruptedException {
        String both = list(row("web", 5, "-b----", 14.3, "-"), row("db", 6, "-b----", 1.0, "-"));
        String one = list(row("web", 5, "-b----", 14.3, "-"));
        HostObservation seen = seen(host().on("xl list -v", both, one).on("xenstore-ls", STORE));
        assertThat(domain(seen, 6).condition()).isEqualTo(new Condition.Gone());
    }

    @Test
    void anotherHandleUnderTheSameDomidIsAnotherDomain() throws InterruptedException {
        String before = list(row("web", 5, "r-----", 1000.0, "-"));
        String after = before.replace("00000000-0000-0000-0000-000000000005", "00000000-0000-0000-0000-0000000000ff")
                .replace("  1000.0", "     0.1");
        HostObservation seen =
                seen(host().on("xl list -v", before, before, before, after).on("xenstore-ls", STORE));
        assertThat(domain(seen, 5).flags()).hasSize(1);
        assertThat(domain(seen, 5).condition()).isEqualTo(new Condition.Running(Activity.UNDETERMINED));
    }

    @Test
    void aToolstackThatHangsIsAnObservationAndIsAskedOnce() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", ScriptedHost.hung()).instead("xenstore-list", ScriptedHost.hung());
        HostObservation seen = seen(host);
        assertThat(seen.facts().toolstackAnswer().how()).isEqualTo(How.HUNG);
        assertThat(seen.facts().xenstore().how()).isEqualTo(How.HUNG);
        assertThat(seen.domains()).isEmpty();
        assertThat(host.ran()).filteredOn(l -> l.contains("xl list -v")).hasSize(1);
        assertThat(host.ran())
                .filteredOn(l -> l.contains("xenstore-list /local"))
                .hasSize(1);
        assertThat(host.ran()).noneSatisfy(l -> assertThat(l).contains("xenstore-ls -f"));
    }

    @Test
    void aToolThatTheHostsOwnTimeLimitEndedHasHung() throws InterruptedException {
        for (int status : new int[] {124, 137}) {
            HostObservation seen = seen(host().on("xl list -v", ScriptedHost.completed(status, "", ""))
                    .on("xenstore-ls", STORE));
            assertThat(seen.facts().toolstackAnswer().how()).isEqualTo(How.HUNG);
        }
    }

    @Test
    void saysWhichToolsAreMissing() throws InterruptedException {
        HostObservation seen = seen(new ScriptedHost()
                .tools("/usr/sbin/xl\n")
                .on("xl info", "xen_version            : 4.17.7\nxend_config_format     : 4\n")
                .on("xl list -v", list(row("web", 5, "-b----", 14.3, "-"))));
        assertThat(seen.unread())
                .extracting("what")
                .containsExactlyInAnyOrder("timeout", "xenstore-ls", "ps", "xen-diag");
        assertThat(domain(seen, 5).signals().inXenstore()).isNull();
    }

    @Test
    void readsAXapiHostFromTheHypervisorAndItsRecords() throws InterruptedException {
        String uuid = "7adef6fd-9171-5426-b333-6fb1b57b8e60";
        String domains = """
            id |                                 uuid |  state | tot MiB | max MiB | shadow MiB | shutdown code |     sif |     cpu time | vcpus online | max vcpu id | ssidref
             0 | 9c2f8f2e-0d5e-4a35-9d4b-2b7c8f6a1e01 |     R  |    4096 |     N/A |        N/A |           255 | 1234567 | 123456789012 |            2 |           1 |       0
             5 | %s |    B H |    4096 |    4097 |         33 |           255 | 1234567 | 126456789012 |            2 |           1 |       0
            """.formatted(uuid);
        String records = """
            uuid ( RO)                  : %s
                        name-label ( RW): web
                 is-control-domain ( RO): false
                       power-state ( RO): running
                current-operations (SRO):\s
                       resident-on ( RO): 9c2f8f2e-0d5e-4a35-9d4b-2b7c8f6a1e02
                            dom-id ( RO): 5


            """.formatted(uuid);
        ScriptedHost host = host().tools(
                        "/usr/bin/timeout\n/usr/sbin/xl\n/usr/bin/list_domains\n/usr/bin/xe\n/usr/bin/xenstore-ls\n"
                                + "/usr/bin/xenstore-list\n/usr/bin/xenstore-read\n/usr/sbin/xen-diag\n/bin/ps\n")
                .on("list_domains -all", domains)
                .on("xenstore-ls", store("/local/domain/5/domain-type = \"hvm\"\n", ""))
                .on("xensource-inventory", "INSTALLATION_UUID='9c2f8f2e-0d5e-4a35-9d4b-2b7c8f6a1e02'\n")
                .on("--minimal", uuid + "\n")
                .on("xe vm-list params=uuid,", records);
        HostObservation seen = seen(host);
        DomainObservation web = domain(seen, 5);
        assertThat(seen.facts().toolstack()).isEqualTo(Toolstack.XAPI);
        assertThat(web.name()).isEqualTo("web");
        assertThat(web.type()).isEqualTo(DomainType.HVM);
        assertThat(web.signals().record())
                .isNotNull()
                .extracting(XapiRecord::powerState)
                .isEqualTo("running");
        assertThat(web.cpuResolution()).isEqualTo(Duration.ofNanos(1));
        assertThat(seen.unread()).isEmpty();
        assertThat(web.signals().record().residentOn()).isEqualTo(seen.facts().hostUuid());
        assertThat(host.ran()).allSatisfy(HostLookTest::onlyReads);
    }

    @Test
    void aTreeInWhichANodeWentAwayIsReadAgain() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on("xenstore-ls", ScriptedHost.completed(1, "/local = \"\"\n", "xenstore-ls: xs_directory (/x)\n"))
                .on("xenstore-ls", STORE);
        HostObservation seen = seen(host);
        assertThat(seen.unread()).isEmpty();
        assertThat(domain(seen, 5).signals().inXenstore()).isTrue();
    }

    @Test
    void aTreeThatCannotBeReadIsSaidAndNothingIsTakenForAbsent() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on("xenstore-ls", ScriptedHost.completed(1, "", "xenstore-ls: xs_directory (/x)\n"));
        HostObservation seen = seen(host);
        assertThat(seen.unread()).extracting("what").containsOnly("xenstore-ls");
        assertThat(domain(seen, 5).signals().inXenstore()).isNull();
    }

    @Test
    void nodesThatWentAwayDoNotHideTheOthers() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "r-----", 14.3, "-")))
                .on(
                        "xenstore-ls",
                        store(
                                "/local/domain/5/control = \"\"\n/local/domain/5/control/shutdown = \"poweroff\"\n"
                                        + "/local/domain/5/data = \"\"\n/local/domain/5/data/heartbeat = \"41\"\n",
                                ""))
                .on(
                        "xenstore-read",
                        ScriptedHost.completed(
                                1, "", "xenstore-read: couldn't read path /local/domain/5/control/shutdown\n"))
                .on("xenstore-read", "42\n");
        HostObservation seen = seen(host);
        assertThat(seen.unread()).isEmpty();
        assertThat(domain(seen, 5).signals().heartbeat()).isNotNull();
        assertThat(domain(seen, 5).signals().pendingRequest()).isNull();
    }

    @Test
    void aStoppedDomainIsWatchedAndItsReaperLookedFor() throws InterruptedException {
        String link = "l-wx------ 1 root root 64 Nov 20 13:00 /proc/602/fd/1 -> /var/log/xen/xl-other.log\n";
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "---s--", 14.3, "0")))
                .on("xenstore-ls", STORE)
                .on("ls -l", link);
        HostObservation seen = seen(host);
        assertThat(seen.window()).isGreaterThanOrEqualTo(LookPlan.DEFAULT.patience());
        // The configuration file is named after it, and the log says that this process waits for another.
        assertThat(domain(seen, 5).signals().reaperRunning()).isFalse();
        ScriptedHost own = host().on("xl list -v", list(row("web", 5, "---s--", 14.3, "0")))
                .on("xenstore-ls", STORE)
                .on("ls -l", link.replace("xl-other", "xl-web"));
        assertThat(domain(seen(own), 5).signals().reaperRunning()).isTrue();
    }

    @Test
    void besideLibvirtNobodyIsKnownNotToReap() throws InterruptedException {
        String libvirt = "  650     1 Ssl  do_sys_poll                05:17 /usr/sbin/libvirtd\n";
        ScriptedHost host = new ScriptedHost()
                .on("xenstore-list", "0\n5\n")
                .on("xl info", "xen_version            : 4.17.7\nxend_config_format     : 4\n")
                .on("xen-diag", "")
                .on(" ps axo", PS.replace("/lab/web.cfg", "/lab/other.cfg") + libvirt)
                .on("xl list -v", list(row("web", 5, "---s--", 14.3, "0")))
                .on("xenstore-ls", STORE)
                .on("ls -l", "l-wx------ 1 root root 64 Nov 20 13:00 /proc/602/fd/1 -> /var/log/xen/xl-other.log\n");
        assertThat(domain(seen(host), 5).signals().reaperRunning()).isNull();
    }

    @Test
    void aReadingOfXenstoreIsNotPairedWithLaterProcesses() throws InterruptedException {
        String odd = "  701     1 Zl   do_sys_poll                05:17 [qemu-system-i38] <defunct>\n";
        ScriptedHost host = new ScriptedHost()
                .on("xenstore-list", "0\n5\n")
                .on("xl info", "xen_version            : 4.17.7\nxend_config_format     : 4\n")
                .on("xen-diag", "")
                .on(" ps axo", "no table\n", PS + odd)
                .on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on(
                        "xenstore-ls",
                        store("/local/domain/5/image = \"\"\n/local/domain/5/image/device-model-pid = \"700\"\n", ""))
                .on("xenstore-read", ScriptedHost.completed(1, "", "xenstore-read: out of memory\n"));
        assertThat(domain(seen(host), 5).signals().deviceModel())
                .as("the tree names a process of a moment whose table was not read")
                .isNull();
    }

    @Test
    void aToolThatBeginsToHangIsNotAskedOverAndOver() throws InterruptedException {
        ScriptedHost host = host().on("xl list -v", list(row("web", 5, "-b----", 14.3, "-")))
                .on("xl list -v", ScriptedHost.hung())
                .on("xenstore-ls", STORE);
        HostObservation seen = seen(host);
        assertThat(seen.facts().toolstackAnswer().how()).isEqualTo(How.HUNG);
        assertThat(host.ran()).filteredOn(l -> l.contains("xl list -v")).hasSize(2);
    }

    @Test
    void aConnectionThatGoesAwayIsNoFaultOfTheToolstack() throws InterruptedException {
        CommandResult cut = new CommandResult.ConnectionLost("the connection was closed", "", "", Duration.ofMillis(5));
        ScriptedHost host = host().on("xl list -v", cut).on("xenstore-ls", cut);
        assertThat(HostLook.at(host, LookPlan.DEFAULT, host::pause))
                .asInstanceOf(type(Look.NotSeen.class))
                .extracting(look -> look.why().kind())
                .isEqualTo(Unreachable.Kind.CONNECTION_LOST);
    }

    @Test
    void aHostThatCannotBeAskedIsNotSeen() throws InterruptedException {
        Unreachable why = new Unreachable(Unreachable.Kind.REFUSED, "xen-07: nothing listens on port 22", null);
        Look look = HostLook.at(
                new ScriptedHost() {
                    @Override
                    public synchronized CommandResult run(HostCommand command) {
                        return new CommandResult.NotReached(why, Duration.ofMillis(1));
                    }
                },
                LookPlan.DEFAULT);
        assertThat(look)
                .asInstanceOf(type(Look.NotSeen.class))
                .extracting(Look.NotSeen::why)
                .isEqualTo(why);
    }

    @Test
    void aShellThatIsNoneIsSenseless() throws InterruptedException {
        Look look = HostLook.at(
                new ScriptedHost() {
                    @Override
                    public synchronized CommandResult run(HostCommand command) {
                        return completed(0, "This account is currently not available.\n", "");
                    }
                },
                LookPlan.DEFAULT);
        assertThat(look).isInstanceOf(Look.Senseless.class);
    }
}

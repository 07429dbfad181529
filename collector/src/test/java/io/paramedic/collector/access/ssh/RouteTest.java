package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.collector.access.HostAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a host, from {@code ~/.ssh/config} and what was given. */
class RouteTest {
    @TempDir
    private Path home;

    @BeforeEach
    void makeFolder() throws Exception {
        Files.createDirectory(home.resolve(".ssh"));
    }

    private void config(String text) throws Exception {
        Files.writeString(home.resolve(".ssh/config"), text);
    }

    private List<Hop> route(String alias) throws UnreachableException {
        return route(alias, options -> options);
    }

    private List<Hop> route(String alias, UnaryOperator<SshOptions> change) throws UnreachableException {
        SshOptions options = change.apply(SshOptions.of(home, Map.of("SSH_AUTH_SOCK", "/run/agent")));
        return Route.to(new SshTarget(alias, Optional.empty(), OptionalInt.empty(), options));
    }

    @Test
    void usesTheDefaultsWhereNothingIsConfigured() throws Exception {
        Hop hop = route("xen-07").getFirst();

        assertThat(hop.name()).isEqualTo("root@xen-07");
        assertThat(hop.hostName()).isEqualTo("xen-07");
        assertThat(hop.identities()).isEmpty();
        assertThat(hop.defaultIdentities()).contains(home.resolve(".ssh/id_ed25519"));
        assertThat(hop.agent()).contains(Path.of("/run/agent"));
        assertThat(hop.knownHosts())
                .contains(home.resolve(".ssh/known_hosts"), home.resolve(".config/paramedic/known_hosts"));
    }

    @Test
    void takesTheFirstValueOfEachKeywordAndAllIdentities() throws Exception {
        config("""
            # a comment
            Host xen-0? !xen-09 # two patterns
                HostName   %h.example.org
                Port=2222
                User = "op er"
                IdentityFile ~/.ssh/%r-%h
            HOST *
                hostname never
                Port 1
                IdentityFile %d/other
                IdentitiesOnly yes
                IdentityAgent none
                HostKeyAlias pool
                SomethingNew with=values and more
            """);

        Hop hop = route("xen-07").getFirst();

        assertThat(hop.hostName()).isEqualTo("xen-07.example.org");
        assertThat(hop.port()).isEqualTo(2222);
        assertThat(hop.user()).isEqualTo("op er");
        assertThat(hop.identities())
                .containsExactly(home.resolve(".ssh/op er-xen-07.example.org"), home.resolve("other"));
        assertThat(hop.defaultIdentities()).isEmpty();
        assertThat(hop.identitiesOnly()).isTrue();
        assertThat(hop.agent()).isEmpty();
        assertThat(hop.keyName()).isEqualTo("pool");
        assertThat(route("xen-09").getFirst().hostName()).isEqualTo("never");
    }

    @Test
    void prefersWhatAPersonTyped() throws Exception {
        config("Host *\n User op\n Port 2222\n");

        Hop hop = Route.to(
                        new SshTarget("xen-07", Optional.of("root"), OptionalInt.of(22), SshOptions.of(home, Map.of())))
                .getFirst();

        assertThat(hop.name()).isEqualTo("root@xen-07");
    }

    @Test
    void followsIncludesAndUnderstandsSimpleMatches() throws Exception {
        Files.createDirectory(home.resolve(".ssh/conf.d"));
        Files.writeString(home.resolve(".ssh/conf.d/10-a.conf"), "Host xen-07\n User included\n");
        Files.writeString(home.resolve(".ssh/conf.d/20-b.conf"), "User late\nPort 2200\n");
        config("""
            Include conf.d/*.conf
            Host nobody
              Include conf.d/10-a.conf
            Match exec "reboot"
              HostName executed
            Match originalhost xen-0* host *
              HostName matched
            Match all
              HostName last
            """);

        Hop hop = route("xen-07").getFirst();

        assertThat(hop.user()).isEqualTo("included");
        assertThat(hop.port()).isEqualTo(2200);
        assertThat(hop.hostName()).isEqualTo("matched");
        assertThat(route("other").getFirst().hostName()).isEqualTo("last");
    }

    @Test
    void goesOverJumpHostsThatHaveTheirOwnSettings() throws Exception {
        config("""
            Host inner
              ProxyJump op@gate:2200,[::1]:2201
            Host gate
              HostName gate.example.org
              ProxyJump outer
            Host outer
              User o
            """);

        assertThat(route("inner").stream().map(Hop::name))
                .containsExactly(
                        "o@outer", "op@gate:2200", System.getProperty("user.name") + "@[::1]:2201", "root@inner");
        assertThat(route("inner", options -> options.withJump(Optional.of("none"))))
                .hasSize(1);
        assertThat(route("gate", options -> options.withJump(Optional.of("none"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inner | inner",
                "root@inner | inner",
                "inner:22 | inner",
                "gate | gate",
                "gate:2200 | gate",
                "[::1] | ::1",
                "inner:2222 | ''",
                "gate.example.org | ''",
                "INNER | ''",
            })
    void allowsOldAlgorithmsForTheHopThatIsNamedAlone(String named, String hops) throws Exception {
        config("""
            Host inner
              ProxyJump op@gate:2200,[::1]:2201
            Host gate
              HostName gate.example.org
            """);
        HostAddress.Ssh old = (HostAddress.Ssh) HostAddress.parse(named);

        assertThat(route("inner", options -> options.withLegacyHosts(Set.of(old))))
                .filteredOn(Hop::legacy)
                .extracting(Hop::alias)
                .isEqualTo(hops.isEmpty() ? List.of() : List.of(hops));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host a\\n ProxyJump b\\nHost b\\n ProxyJump a | ProxyJump goes round in a circle",
                "ProxyCommand nc %h %p | reaches it by a ProxyCommand",
                "Port many | the Port \"many\"",
                "User \"open | config:1: a quote is not closed",
                "\\nUser | config:2: User needs a value",
                "ProxyJump a:b:c | neither host:port nor an IPv6 address",
            })
    void saysWhatIsWrongWithTheConfiguration(String text, String problem) throws Exception {
        config(text.replace("\\n", "\n") + "\n");

        assertThatThrownBy(() -> route("a"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void ignoresAProxyCommandAfterAProxyJump() throws Exception {
        config("Host inner\n ProxyJump gate\n ProxyCommand nc %h %p\n");

        assertThat(route("inner").stream().map(Hop::alias)).containsExactly("gate", "inner");
    }
}

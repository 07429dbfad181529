package io.paramedic.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressTest {
    @ParameterizedTest
    @CsvSource({
        "xen-07, , xen-07, ",
        "root@xen-07, root, xen-07, ",
        "root@xen-07:2222, root, xen-07, 2222",
        "ssh://op@xen-07.example.org:22/, op, xen-07.example.org, 22",
        "10.0.0.7:22, , 10.0.0.7, 22",
        "::1, , ::1, ",
        "[::1]:2222, , ::1, 2222",
        "root@[fe80::1%eth0], root, fe80::1%eth0, ",
        "ssh://[2001:db8::7], , 2001:db8::7, ",
        "[xen-07]:2222, , xen-07, 2222",
    })
    void readsEveryWayToNameAHost(String text, String user, String host, Integer port) {
        assertThat(HostAddress.parse(text))
                .isEqualTo(new HostAddress.Ssh(
                        Optional.ofNullable(user), host, port == null ? OptionalInt.empty() : OptionalInt.of(port)));
    }

    @Test
    void knowsThisMachine() {
        assertThat(HostAddress.parse(" local ")).isEqualTo(new HostAddress.Local());
    }

    @ParameterizedTest
    @CsvSource({
        "'', there is no host",
        "root@, there is no host",
        "@xen-07, no user before the @",
        "root:secret@xen-07, password cannot be given",
        "xen-07:, is not a number from 1 to 65535",
        "xen-07:0, is not a number from 1 to 65535",
        "xen-07:70000, is not a number from 1 to 65535",
        "http://xen-07, the scheme http is not known",
        "[::1, the bracket is not closed",
        "[::1]2222, only :port may follow",
        "xen 07, is not a host name",
        "-oProxyCommand=reboot, is not a host name",
        "a:b:c, is neither host:port nor an IPv6 address",
    })
    void saysWhatIsWrong(String text, String problem) {
        assertThat(HostAddress.parse(text))
                .isInstanceOfSatisfying(
                        HostAddress.Malformed.class,
                        malformed -> assertThat(malformed.problems())
                                .singleElement()
                                .asString()
                                .contains(problem)
                                .contains("\"" + text + "\""));
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThat(HostAddress.parse("ftp://@xen 07:x"))
                .isInstanceOfSatisfying(
                        HostAddress.Malformed.class,
                        m -> assertThat(m.problems()).hasSize(4));
    }

    @Property
    void neverThrows(@ForAll String text) {
        assertThat(HostAddress.parse(text)).isNotNull();
    }
}

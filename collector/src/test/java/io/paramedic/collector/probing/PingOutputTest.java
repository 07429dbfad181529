package io.paramedic.collector.probing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PingOutputTest {
    private static final String LOST = "PING 10.0.0.5 (10.0.0.5) 56(84) bytes of data.\n\n"
            + "--- 10.0.0.5 ping statistics ---\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n";

    @Test
    void readsAnAnswer() {
        String linux = "64 bytes from 10.0.0.5: icmp_seq=1 ttl=64 time=0.05 ms\n\n--- 10.0.0.5 ping statistics ---\n"
                + "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n";
        String busybox = "1 packets transmitted, 1 packets received, 0% packet loss\n";
        assertThat(PingOutput.read(linux)).isEqualTo(new Attempt.Answered("echo"));
        assertThat(PingOutput.read(busybox)).isEqualTo(new Attempt.Answered("echo"));
    }

    @Test
    void readsSilence() {
        assertThat(PingOutput.read(LOST)).isEqualTo(new Attempt.NoAnswer("timeout"));
        assertThat(PingOutput.read("1 packets transmitted, 0 packets received, 100.0% packet loss\n"))
                .isEqualTo(new Attempt.NoAnswer("timeout"));
    }

    @Test
    void whatIsUnreachableIsNotSilentBecauseTheGuestDidNotSaySo() {
        String unreachable = "From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n"
                + "1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n";
        assertThat(PingOutput.read(unreachable)).isEqualTo(new Attempt.NotAsked("unreachable"));
    }

    @Test
    void whatSaysNothingOfTheGuestIsNoSilence() {
        assertThat(PingOutput.read("ping: connect: Network is unreachable\n"))
                .isEqualTo(new Attempt.NotAsked("unreachable"));
        assertThat(PingOutput.read("ping: socktype: SOCK_RAW: Operation not permitted\n"))
                .isEqualTo(new Attempt.NotAsked("no-permission"));
        assertThat(PingOutput.read("")).isEqualTo(new Attempt.NotAsked("ping-failed"));
    }
}

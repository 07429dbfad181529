package io.paramedic.collector.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.probing.Attempt;
import io.paramedic.collector.probing.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAskerTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String HERE = "127.0.0.1";

    private final NetworkAsker asker = new NetworkAsker();

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName(HERE));
    }

    /** Answers one request with these bytes. */
    private static void serve(ServerSocket server, String answer) {
        serve(server, answer.getBytes(StandardCharsets.UTF_8), false);
    }

    /** @param open whether the connection stays open until the other side closes it */
    private static void serve(ServerSocket server, byte[] answer, boolean open) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                byte[] request = new byte[4096];
                int read = socket.getInputStream().read(request);
                assert read != 0;
                socket.getOutputStream().write(answer);
                if (open) {
                    int end = socket.getInputStream().read();
                    assert end < 0;
                }
            } catch (SocketException e) {
                // The test is over.
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void aConnectionIsAnAnswer() throws Exception {
        try (ServerSocket server = listen()) {
            assertThat(asker.ask(new Question.Connect(HERE, server.getLocalPort()), LIMIT))
                    .isEqualTo(new Attempt.Answered("connected"));
        }
    }

    @Test
    void aRefusalIsAnAnswerOfTheKernel() throws Exception {
        int port;
        try (ServerSocket server = listen()) {
            port = server.getLocalPort();
        }
        assertThat(asker.ask(new Question.Connect(HERE, port), LIMIT)).isEqualTo(new Attempt.Answered("refused"));
        assertThat(asker.ask(new Question.Get(HERE, port, "/", false), LIMIT))
                .isEqualTo(new Attempt.Answered("refused"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 301, 500, 503})
    void anyStatusIsAnAnswer(int status) throws Exception {
        try (ServerSocket server = listen()) {
            serve(server, "HTTP/1.1 " + status + " So\r\n\r\n");
            assertThat(asker.ask(new Question.Get(HERE, server.getLocalPort(), "health", false), LIMIT))
                    .isEqualTo(new Attempt.Answered("status-" + status));
        }
    }

    @Test
    void whatIsNoPageIsAnAnswerTooAndWhatIsNoTls() throws Exception {
        for (boolean tls : new boolean[] {false, true}) {
            try (ServerSocket server = listen()) {
                serve(server, "SSH-2.0-x\r\n");
                assertThat(asker.ask(new Question.Get(HERE, server.getLocalPort(), "/", tls), LIMIT))
                        .isEqualTo(new Attempt.Answered(tls ? "tls-failed" : "not-http"));
            }
        }
    }

    @Test
    void anAlertOfTlsIsAnAnswer() throws Exception {
        try (ServerSocket server = listen()) {
            serve(server, new byte[] {21, 3, 3, 0, 2, 2, 40}, false);
            assertThat(asker.ask(new Question.Get(HERE, server.getLocalPort(), "/", true), LIMIT))
                    .isEqualTo(new Attempt.Answered("tls-failed"));
        }
    }

    @Test
    void oneByteIsAnAnswerThoughNoMoreComes() throws Exception {
        try (ServerSocket server = listen()) {
            serve(server, new byte[] {'H'}, true);
            assertThat(asker.ask(new Question.Get(HERE, server.getLocalPort(), "/", false), Duration.ofMillis(200)))
                    .isEqualTo(new Attempt.Answered("not-http"));
        }
    }

    @Test
    void aServerThatAcceptsAndSaysNothingIsSilent() throws Exception {
        try (ServerSocket server = listen()) {
            for (boolean tls : new boolean[] {false, true}) {
                assertThat(asker.ask(new Question.Get(HERE, server.getLocalPort(), "/", tls), Duration.ofMillis(200)))
                        .isEqualTo(new Attempt.NoAnswer("timeout"));
            }
        }
    }

    @Test
    void aNameThatDoesNotResolveSaysNothingOfTheGuest() throws Exception {
        assertThat(asker.ask(new Question.Connect("no-such-guest.invalid", 22), LIMIT))
                .isEqualTo(new Attempt.NotAsked("not-resolvable"));
    }

    @Test
    void anEchoIsNeverSilenceWhereItCannotBeAskedFor() throws Exception {
        // With the ping program this machine answers itself; without it, or its permission, nothing is known.
        Attempt attempt = asker.ask(new Question.Echo(HERE), LIMIT);
        assertThat(attempt).isNotInstanceOf(Attempt.NoAnswer.class);
    }

    @Test
    void whatThisMachineOrARouterCallsUnreachableSaysNothingOfTheGuest() {
        for (IOException said : List.of(
                new NoRouteToHostException("No route to host"),
                new ConnectException("Network is unreachable"),
                new ConnectException("Network is down"))) {
            assertThat(NetworkAsker.failed(said)).as(said.getMessage()).isInstanceOf(Attempt.NotAsked.class);
        }
    }

    @Test
    void anAttemptWaitsLongerThanTheSearchForANeighbour() {
        // Three questions for its link address, a second apart; ended sooner, our own cut cable would look like its
        // silence.
        assertThat(CollectorSettings.DEFAULT.probeLimit()).isGreaterThan(Duration.ofSeconds(3));
    }
}

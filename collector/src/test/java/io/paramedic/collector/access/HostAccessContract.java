package io.paramedic.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.paramedic.collector.access.CommandResult.Completed;
import io.paramedic.collector.access.CommandResult.ConnectionLost;
import io.paramedic.collector.access.CommandResult.TimedOut;
import io.paramedic.collector.access.CommandResult.TooMuchOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every way to a host promises. */
@Timeout(60)
public abstract class HostAccessContract {
    protected static final Duration LIMIT = Duration.ofSeconds(20);
    /** What a caller may have to wait beyond a limit, on a machine that is busy with other things. */
    protected static final Duration MARGIN = Duration.ofSeconds(2);

    /** A way to a host that is there. */
    protected abstract HostAccess access();

    protected static HostCommand sh(String line) {
        return HostCommand.shell(LIMIT, line);
    }

    protected static Completed completed(CommandResult result) {
        return result instanceof Completed done ? done : fail("not completed: " + result);
    }

    @Test
    void tellsTheExitStatusAndBothOutputs() throws Exception {
        Completed done = completed(access().run(sh("echo out; echo err >&2; exit 7")));

        assertThat(done.exitStatus()).isEqualTo(7);
        assertThat(done.stdout()).isEqualTo("out\n");
        assertThat(done.stderr()).isEqualTo("err\n");
        assertThat(done.took()).isPositive();
    }

    @Test
    void passesEveryWordUnchanged() throws Exception {
        String word = "a b'c\"$HOME\\ \n*ü€𝄞";

        assertThat(completed(access().run(HostCommand.of(LIMIT, "printf", "%s", word)))
                        .stdout())
                .isEqualTo(word);
    }

    @Test
    void givesAProgramNoInput() throws Exception {
        assertThat(completed(access().run(sh("cat; echo done"))).stdout()).isEqualTo("done\n");
    }

    @Test
    void replacesWhatIsNotUtf8() throws Exception {
        assertThat(completed(access().run(sh("printf 'a\\377b'"))).stdout()).isEqualTo("a\uFFFDb");
    }

    @Test
    void bringsALongOutputWhole() throws Exception {
        Completed done = completed(access().run(sh("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done")));

        assertThat(done.stdout().lines()).hasSize(20_000).endsWith("line 19999");
    }

    @Test
    void returnsAtTheLimitWithWhatCameBefore() throws Exception {
        Duration limit = Duration.ofMillis(1500);

        CommandResult result = access().run(new HostCommand("echo before; echo why >&2; sleep 40", limit, 1000));

        assertThat(result).isInstanceOfSatisfying(TimedOut.class, timedOut -> {
            assertThat(timedOut.stdout()).isEqualTo("before\n");
            assertThat(timedOut.stderr()).isEqualTo("why\n");
            assertThat(timedOut.limit()).isEqualTo(limit);
            assertThat(timedOut.took()).isBetween(limit, limit.plus(MARGIN));
        });
    }

    @Test
    void stopsAProgramThatPrintsTooMuch() throws Exception {
        CommandResult result = access().run(new HostCommand("yes", LIMIT, 1000));

        assertThat(result).isInstanceOfSatisfying(TooMuchOutput.class, much -> {
            assertThat(much.stdout()).hasSize(1000).startsWith("y\ny\n");
            assertThat(much.limit()).isEqualTo(1000);
            assertThat(much.took()).isLessThan(LIMIT);
        });
    }

    @Test
    void stopsAProgramThatComplainsTooMuch() throws Exception {
        assertThat(access().run(new HostCommand("yes >&2", LIMIT, 1000)))
                .isInstanceOfSatisfying(
                        TooMuchOutput.class, much -> assertThat(much.stderr()).hasSize(1000));
    }

    @Test
    void runsManyCommandsAtOnce() throws Exception {
        HostAccess access = access();
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            calls.add(() ->
                    completed(access.run(sh("sleep 0.05; echo " + number))).stdout());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = threads.invokeAll(calls);

            for (int i = 0; i < calls.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(i + "\n");
            }
        }
    }

    @Test
    void streamsLinesInOrderAndThenTellsTheEnd() throws Exception {
        List<String> lines = new ArrayList<>();
        CompletableFuture<CommandResult> ended = new CompletableFuture<>();

        access().stream(
                sh("for i in 1 2 3; do echo $i; done; printf '%s' '4 without end'; echo err >&2; exit 3"),
                lines::add,
                ended::complete);

        assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(Completed.class, done -> {
            assertThat(done.exitStatus()).isEqualTo(3);
            assertThat(done.stderr()).isEqualTo("err\n");
        });
        assertThat(lines).containsExactly("1", "2", "3", "4 without end");
    }

    @Test
    void cutsAnOverlongLineOfAStream() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        CompletableFuture<CommandResult> ended = new CompletableFuture<>();

        access().stream(new HostCommand("echo 12345678901; echo ok", LIMIT, 10), lines::add, ended::complete);

        ended.get(20, TimeUnit.SECONDS);
        assertThat(lines).containsExactly("1234567890", "ok");
    }

    @Test
    void letsAStreamGoOnBeyondItsLimitUntilItIsClosed() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        CompletableFuture<CommandResult> ended = new CompletableFuture<>();
        HostAccess access = access();
        completed(access.run(sh("true")));

        HostAccess.CommandStream stream = access.stream(
                new HostCommand("while :; do echo tick; sleep 0.5; done", Duration.ofSeconds(2), 100),
                lines::add,
                ended::complete);
        for (int i = 0; i < 6; i++) {
            assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("tick");
        }
        assertThat(ended).isNotDone();
        stream.close();

        assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(ConnectionLost.class);
        assertThat(completed(access.run(sh("echo still there"))).stdout()).isEqualTo("still there\n");
    }

    @Test
    void tellsTheEndOfAStreamOnce() throws Exception {
        BlockingQueue<CommandResult> ends = new LinkedBlockingQueue<>();
        HostAccess access = access();

        HostAccess.CommandStream stream = access.stream(sh("echo one"), _ -> {}, ends::add);
        assertThat(ends.poll(20, TimeUnit.SECONDS)).isInstanceOf(Completed.class);
        stream.close();
        stream.close();
        completed(access.run(sh("true")));

        assertThat(ends).isEmpty();
    }

    @Test
    void slowsAProgramDownToThePaceOfItsReader() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        HostAccess access = access();
        HostAccess.CommandStream stream = access.stream(
                sh("yes 0123456789012345678901234567890123456789"),
                line -> {
                    await(go);
                    lines.add(line);
                },
                _ -> {});

        assertThat(completed(access.run(sh("echo others go on"))).stdout()).isEqualTo("others go on\n");
        go.countDown();
        assertThat(lines.poll(20, TimeUnit.SECONDS)).isNotNull();
        stream.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
        HostAccess access = access();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<CommandResult> streamEnd = new CompletableFuture<>();
        access.stream(sh("echo started; sleep 40"), _ -> started.countDown(), streamEnd::complete);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        access.close();

        assertThat(streamEnd.get(20, TimeUnit.SECONDS)).isInstanceOf(ConnectionLost.class);
        assertThatThrownBy(() -> access.run(sh("true"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void letsAnInterruptedCallerGo() throws Exception {
        HostAccess access = access();
        completed(access.run(sh("true")));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                access.run(sh("sleep 40"));
            } catch (Throwable t) {
                thrown.complete(t);
            }
        });

        caller.interrupt();

        assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void keepsBytesAndNotCharactersWithinTheLimit() throws Exception {
        assertThat(access().run(new HostCommand("printf '%s' 'üüüü'", LIMIT, 5)))
                .isInstanceOfSatisfying(
                        TooMuchOutput.class,
                        much -> assertThat(much.stdout().getBytes(StandardCharsets.UTF_8).length)
                                .isLessThanOrEqualTo(8));
    }
}

package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.RingStarter.CannotStart;
import io.paramedic.deploy.demo.RingStarter.Ring;
import io.paramedic.deploy.demo.RingStarter.Setup;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demonstration, from the simulated hosts to the closing words. */
public final class Demo {
    private Demo() {}

    /**
     * Runs it to its end, which is when every fault is recovered or explained, or when its time is over. Everything that it
     * started has ended then, and nothing is left but the report that was asked for.
     *
     * @param out for people
     * @return what came of it; {@link DemoReport#passed} is what an exit status should say
     * @throws CannotStart where the ring did not come up or a part of it failed, with a sentence for a person
     */
    public static DemoReport run(DemoOptions options, RingStarter starter, PrintWriter out)
            throws IOException, InterruptedException, CannotStart {
        Ground.require();
        Story story = Story.of(options.seed());
        DemoReport report;
        try (CleanExit _ = CleanExit.ofThisThread()) {
            report = play(options, story, starter, out);
        }
        if (options.report().isPresent()) {
            Files.writeString(options.report().get(), ReportJson.of(report));
        }
        Closing.lines(story, report, options.columns(), options.colour()).forEach(out::println);
        options.report().ifPresent(file -> out.println("The report is in " + file));
        out.flush();
        return report;
    }

    private static DemoReport play(DemoOptions options, Story story, RingStarter starter, PrintWriter out)
            throws IOException, InterruptedException, CannotStart {
        Path directory = Files.createTempDirectory("paramedic-demo-");
        try (DemoWorld world = DemoWorld.start(story, options.factor())) {
            announce(options, story, out);
            Setup setup = new Setup(
                    directory,
                    world.inventory(),
                    story.hosts().stream().map(Story.Host::pool).distinct().toList(),
                    options.factor());
            return play(options, story, world, starter, setup, out);
        } finally {
            remove(directory);
        }
    }

    private static DemoReport play(
            DemoOptions options, Story story, DemoWorld world, RingStarter starter, Setup setup, PrintWriter out)
            throws IOException, InterruptedException, CannotStart {
        Play play;
        ReadOnlyCommands readOnly;
        LogBook book = new LogBook();
        long started = System.nanoTime();
        try (Ring ring = starter.start(setup);
                TopicTail tail = TopicTail.start(ring.log(), book);
                Display display = display(options, story, out)) {
            readOnly = new ReadOnlyCommands(ring.scripts());
            play = new Play(options, story, world, book, readOnly, started);
            play.until(ring.failure(), display);
        }
        // Only now can nothing reach the hosts any more.
        return play.report();
    }

    private static void announce(DemoOptions options, Story story, PrintWriter out) {
        out.println(
                "Five simulated Xen hosts with %d guests on 127.0.0.1, and the whole of Paramedic at work on them over SSH:"
                        .formatted(story.guests().size()));
        out.println("collector, analyzer and actuator on a Kafka of their own, mode act, with the rules of the default"
                + " policy.");
        out.println("Seed %d; %s.".formatted(options.seed(), DemoShow.factor(options.factor())));
        out.println();
        out.flush();
    }

    private static Display display(DemoOptions options, Story story, PrintWriter out) {
        return options.headless()
                ? new Display.Lines(new PlainLines(story), out)
                : Display.Painted.begin(out, options.columns(), options.rows(), options.colour());
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}

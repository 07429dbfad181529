package io.paramedic.analyzer.service;

import io.paramedic.analyzer.pool.Effect;
import io.paramedic.analyzer.pool.Input;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.journal.Decision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands in for the core: counts the events of each pool, and has an effect of each kind at hand. */
final class CountingCore implements Core<CountingCore.Count> {
    /** A policy that makes it throw. */
    static final String BUG = "bug";

    /** A policy that makes it tell of a pool that is none of its business. */
    static final String STRAY = "stray";

    private static final String EVENTS = "events";
    private static final String REVISION = "revision";

    /** Everything that it was given. */
    final List<Given> given = new ArrayList<>();

    record Given(String pool, Input input) {}

    record Count(String pool, long events, long revision) {}

    @Override
    public Count restore(String pool, Map<String, byte[]> entries) {
        return new Count(pool, number(entries.get(EVENTS)), number(entries.get(REVISION)));
    }

    @Override
    public Turn<Count> decide(Count state, Input input) {
        given.add(new Given(state.pool(), input));
        Map<String, byte @Nullable []> entries = new HashMap<>();
        List<Effect> effects = new ArrayList<>();
        long revision = state.revision();
        switch (input.event()) {
            case PoolEvent.PolicyChanged changed -> {
                refuse(changed.document());
                revision = changed.revision();
                entries.put(REVISION, bytes(revision));
                String pool = changed.document().equals(STRAY) ? "elsewhere" : state.pool();
                effects.add(new Effect.Note(Effects.journalEntry(pool, state.events(), input.now())));
            }
            case PoolEvent.HostListed listed -> {
                effects.add(new Effect.ShowHost(
                        Effects.overview(state.pool(), listed.host().host())));
                effects.add(new Effect.Ask(Effects.request(listed.host().host())));
            }
            case PoolEvent.HostUnlisted unlisted -> {
                effects.add(new Effect.Hide("i-1"));
                effects.add(new Effect.HideHost(unlisted.host()));
                entries.put(REVISION, null);
                revision = 0;
            }
            case Control.Resume resume ->
                effects.add(new Effect.Note(Effects.journalEntry(
                        state.pool(), state.events(), input.now(), new Decision.ControlTaken(resume, false))));
            case Control _ -> {
                effects.add(new Effect.Order(Effects.command(state.pool(), "xen-a")));
                effects.add(new Effect.Show(Effects.incident(state.pool(), "i-1")));
            }
            case PoolEvent.Tick _, Sighting _, StepOutcome _, HoldTold _ -> {}
        }
        Count next = new Count(state.pool(), state.events() + 1, revision);
        entries.put(EVENTS, bytes(next.events()));
        return new Turn<>(next, entries, effects);
    }

    private static void refuse(String document) {
        if (document.equals(BUG)) {
            throw new IllegalStateException("this is a bug");
        }
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private static long number(byte @Nullable [] entry) {
        return entry == null ? 0 : Long.parseLong(new String(entry, StandardCharsets.UTF_8));
    }
}

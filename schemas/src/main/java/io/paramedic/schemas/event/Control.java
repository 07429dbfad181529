package io.paramedic.schemas.event;

import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person orders. Nothing that arose while paused is lost, and nothing stale fires afterwards. */
public sealed interface Control extends PoolEvent.InPool {
    /** Drawn at random, so that an order that is sent twice is taken once. */
    UUID id();

    String by();

    /** For people; may be empty. */
    String why();

    /** Concerns a scope. */
    sealed interface OfScope extends Control {
        Scope scope();

        @Override
        default String pool() {
            return scope().pool();
        }
    }

    /**
     * Decide nothing that acts, go on watching.
     *
     * @param until append time; absent where it lasts until resumed
     */
    record Pause(
            UUID id,
            Scope scope,
            String by,
            String why,
            @Nullable Instant until) implements OfScope {}

    /** Ends every pause of exactly this scope. */
    record Resume(UUID id, Scope scope, String by, String why) implements OfScope {}

    /**
     * Hands off: a person works here.
     *
     * @param id of the hold and of the lease that it becomes
     * @param until append time; absent where it lasts until released
     */
    record TakeHold(
            UUID id,
            Scope scope,
            String by,
            String why,
            @Nullable Instant until) implements OfScope {}

    /** Ends one hold. */
    record ReleaseHold(UUID id, Scope scope, UUID hold, String by, String why) implements OfScope {}

    /** Trusts a host again on which a command could not be settled. */
    record Unblock(UUID id, Scope scope, String by, String why) implements OfScope {}

    /** Says yes to one proposed step; counts only while that proposal stands. */
    record Approve(UUID id, String pool, String incident, UUID proposal, String by, String why) implements Control {
        public Approve {
            Names.requirePool(pool);
        }
    }

    /** Says no to one proposed step. */
    record Reject(UUID id, String pool, String incident, UUID proposal, String by, String why) implements Control {
        public Reject {
            Names.requirePool(pool);
        }
    }
}

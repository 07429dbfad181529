package io.paramedic.deploy.operator;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.topics.Topic;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Says on the log what an operator orders. Each method returns when Kafka has acknowledged all that it wrote; an order that
 * failed in the middle can be given again, because everything in it carries ids of its own.
 */
public final class Orders implements AutoCloseable {
    private final LogWriter writer;
    private final String by;

    /** @param by who orders, for people */
    public Orders(Log log, String by) {
        this.writer = log.writer("paramedic-operator", Sending.AT_ONCE);
        this.by = by;
    }

    /** Puts a host under Paramedic's care, or changes what is known of it. */
    public void list(HostRecord host) throws InterruptedException {
        await(writer.append(Topic.INVENTORY, host.host(), host.host(), Contract.INVENTORY, host));
        tell(new PoolEvent.HostListed(host));
    }

    /** Takes a host out of Paramedic's care; nothing on the host changes. */
    public void unlist(HostRecord host) throws InterruptedException {
        await(writer.append(Topic.INVENTORY, host.host(), host.host(), Contract.INVENTORY, null));
        tell(new PoolEvent.HostUnlisted(host.pool(), host.host()));
    }

    /**
     * Stops everything in a scope. The lease comes first: it stops the actuators at once, whatever becomes of the analyzer.
     */
    public void pause(Control.Pause pause) throws InterruptedException {
        hold(new LeaseRecord.Hold(pause.id(), pause.scope(), pause.by(), pause.why(), pause.until()));
        tell(pause);
    }

    /**
     * What time the log has, which is the only one that ends a pause or a hold: an operator's own clock may be wrong. Asks by
     * a record that means nothing to any reader.
     */
    public Instant time(Scope scope) throws InterruptedException {
        LeaseRecord nothing = new LeaseRecord.Release(UUID.randomUUID(), scope, by);
        return await(writer.append(Topic.LEASES, scope.pool(), scope.pool(), Contract.LEASES, nothing))
                .time();
    }

    /** Says "hands off" in a scope. */
    public void hold(Control.TakeHold hold) throws InterruptedException {
        hold(new LeaseRecord.Hold(hold.id(), hold.scope(), hold.by(), hold.why(), hold.until()));
        tell(hold);
    }

    private void hold(LeaseRecord.Hold hold) throws InterruptedException {
        await(writer.append(Topic.LEASES, hold.scope().pool(), hold.scope().pool(), Contract.LEASES, hold));
    }

    /** Ends one hold or pause on the book of leases; the control that says so is told before, by {@link #tell}. */
    public void release(Scope scope, UUID lease) throws InterruptedException {
        LeaseRecord release = new LeaseRecord.Release(lease, scope, by);
        await(writer.append(Topic.LEASES, scope.pool(), scope.pool(), Contract.LEASES, release));
    }

    /**
     * Sets the policy of a pool.
     *
     * @param document that was found sound
     * @return its revision
     */
    public long setPolicy(Log log, String pool, String document, String why) throws InterruptedException {
        long revision = PolicyRecord.read(log, pool).revision() + 1;
        tell(new PoolEvent.PolicyChanged(pool, revision, document, PolicyRecord.sha256(document), by, why));
        return revision;
    }

    /** Any other order to the analyzer: an answer to a proposal, a policy, trust in a host again. */
    public LogPlace tell(PoolEvent.InPool event) throws InterruptedException {
        return await(writer.append(Topic.EVENTS, event.pool(), event.pool(), Contract.EVENTS, event));
    }

    private static <T> T await(CompletableFuture<T> written) throws InterruptedException {
        try {
            return written.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "Kafka did not acknowledge the order; it may or may not stand. Look with './paramedic status', then"
                            + " give it again: " + failed.getCause(),
                    failed.getCause());
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}

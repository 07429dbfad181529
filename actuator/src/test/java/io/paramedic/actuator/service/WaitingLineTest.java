package io.paramedic.actuator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.lease.Scope;
import org.junit.jupiter.api.Test;

/** Which command may begin, and what may be committed. */
class WaitingLineTest {
    private final World world = new World();
    private final WaitingLine line = new WaitingLine();
    private long offset;

    @Test
    void oneAtATimeOnAHostAndOnAVm() {
        Order web = add(world.command("h1", "web"));
        Order database = add(world.command("h1", "db"));
        Order webElsewhere = add(world.command("h2", "web"));
        Order mail = add(world.command("h3", "mail"));

        assertThat(line.begin(9)).containsExactly(web, mail);
        line.ended(web);
        assertThat(line.begin(9)).containsExactly(database, webElsewhere);
    }

    @Test
    void noLaterCommandOvertakesOneThatWaits() {
        add(world.command("h1", "web"));
        Order pool = add(world.command(
                new Scope.Pool(World.POOL), new Step.RestartToolstack(new HostBoot("h2", FakeHosts.BOOT))));
        Order after = add(world.command("h3", "mail"));

        assertThat(line.begin(9)).doesNotContain(pool, after);
    }

    @Test
    void aQuestionAboutAnEarlierCommandWaitsForNothingAndIsWaitedFor() {
        Order web = add(world.command("h1", "web"));
        Order settle = add(world.settle("h1", web.command().id()));
        Order database = add(world.command("h1", "db"));

        assertThat(line.begin(9)).containsExactly(web, settle);
        line.ended(web);
        assertThat(line.begin(9)).isEmpty();
        line.ended(settle);
        assertThat(line.begin(9)).containsExactly(database);
    }

    @Test
    void noMoreAtOnceThanAllowed() {
        add(world.command("h1", "a"));
        add(world.command("h2", "b"));
        add(world.command("h3", "c"));

        assertThat(line.begin(2)).hasSize(2);
        assertThat(line.begin(2)).isEmpty();
        assertThat(line.waiting()).isEqualTo(1);
        line.dropWaiting();
        assertThat(line.waiting()).isZero();
        assertThat(line.running()).isEqualTo(2);
    }

    @Test
    void onlyTheFinishedPrefixIsCommitted() {
        FinishedPrefix prefix = new FinishedPrefix();
        prefix.delivered(10);
        prefix.delivered(11);
        prefix.delivered(14);
        assertThat(prefix.committable()).isEmpty();

        prefix.finished(11);
        assertThat(prefix.committable()).isEmpty();
        prefix.finished(10);
        assertThat(prefix.committable()).hasValue(14);
        prefix.committed(14);
        assertThat(prefix.committable()).isEmpty();
        prefix.finished(14);
        assertThat(prefix.committable()).hasValue(15);
    }

    private Order add(Command command) {
        Order order = new Order(0, offset++, command);
        line.add(order);
        return order;
    }
}

package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.GuardAnswer.Scene;
import io.paramedic.collector.dialect.ListDomains;
import io.paramedic.collector.dialect.Table;
import io.paramedic.collector.dialect.XenState;
import io.paramedic.collector.dialect.XlList;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The domains of one look.
 *
 * @param domains whether by {@code xl} or by {@code list_domains}
 * @param unread why absence from them proves nothing; null where it does
 */
record Sighted(List<Row> domains, @Nullable String unread) {
    /** @param name absent under XAPI, and where xenstore has none */
    record Row(int domid, @Nullable UUID handle, @Nullable String name, XenState state) {
        String describe() {
            return "domain " + domid + " (" + handle + ", " + (state.letters().isBlank() ? "no flags" : state.letters())
                    + ")";
        }
    }

    static Sighted of(Scene scene) {
        if (scene.at() == null) {
            return new Sighted(List.of(), "the host did not tell its boot id and uptime");
        }
        return scene.toolstack() == Toolstack.XAPI
                ? of(ListDomains.parse(scene.list()), row -> new Row(row.domid(), row.uuid(), null, row.state()))
                : of(XlList.parse(scene.list()), row -> new Row(row.domid(), row.uuid(), row.name(), row.state()));
    }

    private static <T> Sighted of(Table<T> table, Function<T, Row> row) {
        String unread = table.complete()
                ? table.rows().isEmpty() ? "the list of domains is empty" : null
                : "the list of domains is not understood: "
                        + table.unparseable().getFirst().reason();
        return new Sighted(table.rows().stream().map(row).toList(), unread);
    }

    /** The row of this domid with this handle. */
    Optional<Row> same(Incarnation incarnation) {
        return at(incarnation.domid()).filter(row -> incarnation.handle().equals(row.handle()));
    }

    Optional<Row> at(int domid) {
        return domains.stream().filter(row -> row.domid() == domid).findFirst();
    }
}

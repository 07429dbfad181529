package io.paramedic.schemas.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.identity.VmId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final Scope POOL = new Scope.Pool("north");
    private static final Scope HOST_A = new Scope.Host("north", "a");
    private static final Scope HOST_B = new Scope.Host("north", "b");
    private static final Scope WEB_ON_A = new Scope.Vm("north", "a", new VmId.ByName("web"));
    private static final Scope WEB_ON_B = new Scope.Vm("north", "b", new VmId.ByName("web"));
    private static final Scope MAIL_ON_A = new Scope.Vm("north", "a", new VmId.ByName("mail"));
    private static final Scope SOUTH = new Scope.Pool("south");
    private static final Scope SOUTHERN_A = new Scope.Host("south", "a");
    private static final Scope SOUTHERN_WEB = new Scope.Vm("south", "a", new VmId.ByName("web"));
    private static final List<Scope> ALL =
            List.of(POOL, HOST_A, HOST_B, WEB_ON_A, WEB_ON_B, MAIL_ON_A, SOUTH, SOUTHERN_A, SOUTHERN_WEB);

    @Test
    void aScopeEnclosesItselfAndWhatIsWithinIt() {
        assertThat(enclosedBy(POOL)).containsExactly(POOL, HOST_A, HOST_B, WEB_ON_A, WEB_ON_B, MAIL_ON_A);
        assertThat(enclosedBy(HOST_A)).containsExactly(HOST_A, WEB_ON_A, MAIL_ON_A);
        assertThat(enclosedBy(WEB_ON_A)).containsExactly(WEB_ON_A);
    }

    @Test
    void scopesOverlapWhereOneEnclosesTheOther() {
        assertThat(overlapping(POOL)).containsExactly(POOL, HOST_A, HOST_B, WEB_ON_A, WEB_ON_B, MAIL_ON_A);
        assertThat(overlapping(HOST_A)).containsExactly(POOL, HOST_A, WEB_ON_A, MAIL_ON_A);
    }

    @Test
    void oneVmOverlapsItselfOnAnotherHost() {
        assertThat(overlapping(WEB_ON_A)).containsExactly(POOL, HOST_A, WEB_ON_A, WEB_ON_B);
    }

    @Test
    void overlapIsMutual() {
        for (Scope one : ALL) {
            for (Scope other : ALL) {
                assertThat(one.overlaps(other)).isEqualTo(other.overlaps(one));
            }
        }
    }

    private static List<Scope> enclosedBy(Scope scope) {
        return ALL.stream().filter(scope::encloses).toList();
    }

    private static List<Scope> overlapping(Scope scope) {
        return ALL.stream().filter(scope::overlaps).toList();
    }
}

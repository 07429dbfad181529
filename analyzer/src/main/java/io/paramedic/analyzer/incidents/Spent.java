package io.paramedic.analyzer.incidents;

import io.paramedic.schemas.identity.VmId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One destructive step that counts against the budgets.
 *
 * @param command that ordered it
 * @param at append time
 * @param host on which
 * @param vm that was touched; absent where it is not known
 * @param incident under which; the steps of one incident are one reset of its VM
 */
public record Spent(
        UUID command, Instant at, String host, @Nullable VmId vm, String incident) {}

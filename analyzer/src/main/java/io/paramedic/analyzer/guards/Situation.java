package io.paramedic.analyzer.guards;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.policy.Policy.Rung;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the guards look at before one step.
 *
 * @param policy that holds
 * @param rung to which the step belongs
 * @param rescue whether a VM is down because of us, so that nothing but danger may stand in the way of its start
 * @param live whether the log is read as it grows
 * @param hostListed whether the host is in the inventory
 * @param hostReliable whether what is known of the host is complete and confirmed
 * @param hostWhy why it is, or is not
 * @param hostBlocked whether a command on it could not be settled
 * @param hostEnabled what XAPI says; absent where it says nothing
 * @param hostTroubles verdicts on the host as a whole
 * @param hostUptime of the host
 * @param holds sentences of the pauses and holds that cover the step
 * @param names by which the VM may be protected
 * @param domainAge how long the incarnation has been watched
 * @param analyzerAge how long this run of the analyzer has been live
 * @param evidenceAge how old the last sample is
 * @param operation what is at work on the VM; absent where nothing is
 * @param commandOut whether a command is out on the host or for the VM
 * @param recoveriesOnHost under way on the host, this one left aside
 * @param recoveriesInPool under way in the pool, this one left aside
 * @param spentOnHost destructive steps on the host within an hour
 * @param spentInPool destructive steps in the pool within an hour
 * @param resetsOfVm resets of the VM within a day, under other incidents
 * @param vms in the pool
 * @param vmsWell those that are surely well, recoveries under way left out
 * @param cause the common cause that inhibits this one; absent where none does
 * @param copies other domains in which the VM was seen
 * @param vmKnown whether it is known which VM it is
 * @param startFollows whether the VM must be started after the step
 * @param startable whether what that start needs is known
 * @param agrees whether the toolstack's own record means this domain; absent where the toolstack keeps none
 * @param approved whether a person has said yes to this step
 * @param rejected whether a person has said no to it
 */
public record Situation(
        Policy policy,
        Rung rung,
        boolean rescue,
        boolean live,
        boolean hostListed,
        boolean hostReliable,
        String hostWhy,
        boolean hostBlocked,
        @Nullable Boolean hostEnabled,
        List<String> hostTroubles,
        Duration hostUptime,
        List<String> holds,
        List<String> names,
        Duration domainAge,
        Duration analyzerAge,
        Duration evidenceAge,
        @Nullable String operation,
        boolean commandOut,
        int recoveriesOnHost,
        int recoveriesInPool,
        int spentOnHost,
        int spentInPool,
        int resetsOfVm,
        int vms,
        int vmsWell,
        @Nullable String cause,
        List<String> copies,
        boolean vmKnown,
        boolean startFollows,
        boolean startable,
        @Nullable Boolean agrees,
        boolean approved,
        boolean rejected) {
    public Situation {
        hostTroubles = List.copyOf(hostTroubles);
        holds = List.copyOf(holds);
        names = List.copyOf(names);
        copies = List.copyOf(copies);
    }
}

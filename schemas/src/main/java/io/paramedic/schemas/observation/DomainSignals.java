package io.paramedic.schemas.observation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sources other than the domain list say of one domain; {@code null} is "not known".
 *
 * @param inXenstore whether {@code /local/domain/N} exists; null where xenstore did not answer
 * @param heartbeat the key that a guest keeps changing
 * @param pendingRequest a shutdown request in {@code control/shutdown} that the guest has not taken (toolstack facts §3.4.8)
 * @param deviceModel the process that emulates devices for it
 * @param reaperRunning plain xl: whether the background {@code xl create} that acts on its shutdown still runs (toolstack facts §2.3)
 * @param grants use of its grant table
 * @param memoryUncooperative squeezed marked it as ignoring its balloon target (toolstack facts §5.2)
 * @param record what the XAPI database says of the VM with this handle
 * @param processes command lines of dom0 processes that name this domid: a tool at work on it, or what holds a zombie
 * @param probes what the guest answered when it was asked, one for each probe that concerns it
 * @param configuration plain xl: the file from which the VM can be started again; absent where none was found that matches
 */
public record DomainSignals(
        @Nullable Boolean inXenstore,
        @Nullable Heartbeat heartbeat,
        @Nullable String pendingRequest,
        @Nullable DeviceModel deviceModel,
        @Nullable Boolean reaperRunning,
        @Nullable GrantUse grants,
        @Nullable Boolean memoryUncooperative,
        @Nullable XapiRecord record,
        List<String> processes,
        List<ProbeResult> probes,
        @Nullable Configuration configuration) {
    /** Nothing known beside the domain list. */
    public static final DomainSignals NONE =
            new DomainSignals(null, null, null, null, null, null, null, null, List.of(), List.of(), null);

    public DomainSignals {
        processes = List.copyOf(processes);
        probes = List.copyOf(probes);
    }

    /**
     * @param path the xenstore path below the domain
     * @param first its value when first read
     * @param last its value when last read
     * @param watched host uptime between the two reads
     */
    public record Heartbeat(String path, String first, String last, Duration watched) {
        public boolean moved() {
            return !first.equals(last);
        }
    }

    /**
     * @param pid the process id that xenstore names
     * @param state the process's state letter (R, S, D, T, Z …); absent where no such process exists
     * @param exit what the toolstack wrote when it saw the process end, for example {@code signal:9} (toolstack facts §5.2)
     */
    public record DeviceModel(
            int pid, @Nullable String state, @Nullable String exit) {
        public boolean dead() {
            return exit != null || state == null || state.startsWith("Z") || state.startsWith("X");
        }

        /** Alive, and in uninterruptible sleep: it waits for storage or another driver of dom0. */
        public boolean blocked() {
            return exit == null && state != null && state.startsWith("D");
        }
    }

    /**
     * @param frames grant frames in use, a high-water mark (toolstack facts §7)
     * @param maxFrames the limit
     */
    public record GrantUse(int frames, int maxFrames) {}

    /**
     * @param uuid the VM
     * @param nameLabel its name, free text of its owner
     * @param powerState halted, paused, running or suspended
     * @param domid the domid that the database believes; -1 is none
     * @param currentOperations names of operations in flight, empty where none
     * @param controlDomain dom0 and driver domains, never a target
     * @param residentOn the uuid of the host on which the database believes the VM runs; absent where it runs on none
     */
    public record XapiRecord(
            UUID uuid,
            String nameLabel,
            String powerState,
            int domid,
            String currentOperations,
            boolean controlDomain,
            @Nullable UUID residentOn) {}

    /**
     * @param probe what was asked, for example {@code tcp 10.0.0.5:5432}; the same words mean the same probe
     * @param learnt whether the guest itself reported the address and nobody configured the probe
     * @param answer what came back, by the last few attempts and never by a single one that failed
     * @param kind of the answer or silence, for example {@code connected}, {@code refused}, {@code timeout}
     */
    public record ProbeResult(String probe, boolean learnt, Answer answer, String kind) {
        public enum Answer {
            /** It answered; for TCP a refusal is an answer too, for the guest's kernel gave it. */
            ANSWERS,
            /** Several attempts in a row had no answer. */
            SILENT,
            /** Not enough attempts yet, or asking failed on our own side: nothing is known. */
            UNKNOWN
        }
    }

    /**
     * A file of {@code xl} that names this VM, and its uuid where the file pins one.
     *
     * @param path on the host
     * @param sha256 of its bytes, 64 lower-case hexadecimal digits
     * @param name the VM's name in it
     * @param uuid that it pins; absent where each start draws a new one
     * @param disks paths or identifiers of the disks that it names
     */
    public record Configuration(
            String path,
            String sha256,
            String name,
            @Nullable UUID uuid,
            List<String> disks) {
        public Configuration {
            disks = List.copyOf(disks);
        }
    }
}

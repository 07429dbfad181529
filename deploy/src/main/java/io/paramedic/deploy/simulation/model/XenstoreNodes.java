package io.paramedic.deploy.simulation.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The nodes that a toolstack and a guest keep in xenstore, as the lab captured them for xl. */
final class XenstoreNodes {
    private final Xenstore store;
    private final HostFacts facts;

    XenstoreNodes(Xenstore store, HostFacts facts) {
        this.store = store;
        this.facts = facts;
    }

    static String domain(int domid) {
        return "/local/domain/" + domid;
    }

    void controlDomain() {
        String memory = Long.toString(facts.dom0MemoryMiB() * 1024L);
        store.write("/@introduceDomain", "");
        store.write("/@releaseDomain", "");
        store.write("/local/domain/0/domid", "0");
        store.write("/local/domain/0/memory/static-max", memory);
        store.write("/local/domain/0/memory/target", memory);
        store.write("/local/domain/0/name", "Domain-0");
        store.write("/local/pool/0/name", "Pool-0");
        String bin = facts.dialect() == Dialect.XL ? "/usr/lib/xen-4.17/bin/" : "/usr/sbin/";
        store.write("/tool/xenstored", bin + "oxenstored");
        if (facts.dialect() == Dialect.XCP_NG) {
            store.write("/local/domain/0/vm", "/vm/" + facts.dom0Uuid());
        }
    }

    void introduce(Domain domain, Optional<HostProcess> deviceModel) {
        common(domain);
        if (facts.dialect() == Dialect.XL) {
            xl(domain);
        } else {
            xenopsd(domain);
        }
        deviceModel.ifPresent(qemu -> {
            store.write(domain(domain.domid()) + "/image/device-model-pid", Integer.toString(qemu.pid()));
            store.write("/local/domain/0/device-model/" + domain.domid() + "/state", "running");
            if (facts.dialect() == Dialect.XCP_NG) {
                store.write(domain(domain.domid()) + "/qemu-pid", Integer.toString(qemu.pid()));
            }
        });
    }

    private void common(Domain domain) {
        String own = domain(domain.domid());
        String vm = "/vm/" + domain.handle();
        String feature = domain.spec().paused() || !domain.spec().pvDrivers() ? "" : "1";
        store.write(own + "/attr", "");
        store.write(own + "/control/feature-poweroff", feature);
        store.write(own + "/control/feature-reboot", feature);
        store.write(own + "/control/feature-suspend", feature);
        store.write(own + "/control/platform-feature-multiprocessor-suspend", "1");
        store.write(own + "/control/platform-feature-xs_reset_watches", "1");
        store.write(own + "/control/shutdown", "");
        store.write(own + "/control/sysrq", "");
        for (int vcpu = 0; vcpu < domain.vcpus(); vcpu++) {
            store.write(own + "/cpu/" + vcpu + "/availability", "online");
        }
        store.write(own + "/data", "");
        store.write(own + "/device/suspend/event-channel", "");
        store.write(own + "/domid", Integer.toString(domain.domid()));
        store.write(own + "/drivers", "");
        store.write(own + "/error", "");
        store.write(own + "/feature", "");
        String memory = Long.toString(domain.spec().memoryMiB() * 1024L);
        store.write(own + "/memory/static-max", memory);
        store.write(own + "/memory/target", memory);
        store.write(own + "/memory/videoram", domain.type() == GuestType.HVM ? "8192" : "0");
        store.write(own + "/name", domain.configuredName());
        store.write(own + "/store/port", "1");
        store.write(own + "/store/ring-ref", Integer.toString(ringRef(domain.domid())));
        store.write(own + "/vm", vm);
        store.write(vm + "/name", domain.configuredName());
        store.write(vm + "/uuid", domain.handle().toString());
        startTime(domain);
    }

    void startTime(Domain domain) {
        store.write("/vm/" + domain.handle() + "/start_time", seconds(domain.created()));
    }

    private void xl(Domain domain) {
        int id = domain.domid();
        String own = domain(id);
        String backend = "/local/domain/0/backend/console/" + id + "/0";
        String device = "/libxl/" + id + "/device/console/0";
        store.write(own + "/console/backend", backend);
        store.write(own + "/console/backend-id", "0");
        store.write(own + "/console/limit", "1048576");
        store.write(own + "/console/output", "pty");
        store.write(own + "/console/port", "2");
        store.write(own + "/console/ring-ref", Integer.toString(ringRef(id) + 1));
        store.write(own + "/console/tty", "/dev/pts/" + (id - 1));
        store.write(own + "/console/type", domain.type() == GuestType.HVM ? "ioemu" : "xenconsoled");
        store.write(device + "/backend", backend);
        for (String side : new String[] {device, backend}) {
            store.write(side + "/frontend", own + "/console");
            store.write(side + "/frontend-id", Integer.toString(id));
            store.write(side + "/online", "1");
            store.write(side + "/protocol", "vt100");
            store.write(side + "/state", "1");
        }
        store.write("/libxl/" + id + "/dm-version", "qemu_xen");
        store.write("/libxl/" + id + "/type", domain.type().word());
        store.write("/vm/" + domain.handle() + "/image/ostype", "linux");
    }

    private void xenopsd(Domain domain) {
        String own = domain(domain.domid());
        store.write(own + "/domain-type", domain.type().word());
        store.write(
                own + "/unique-domain-id",
                new UUID(domain.handle().getMostSignificantBits(), domain.domid()).toString());
        store.write("/xapi/" + domain.handle() + "/hotplug", "");
        store.write("/vm/" + domain.handle() + "/domains/" + domain.domid(), own);
        store.write(
                "/vm/" + domain.handle() + "/domains/" + domain.domid() + "/create-time", seconds(domain.created()));
    }

    /** Everything of a domain goes before the hypervisor is asked to destroy it (toolstack facts §2.1). */
    void forget(Domain domain) {
        int id = domain.domid();
        store.remove(domain(id));
        store.remove("/libxl/" + id);
        store.remove("/vm/" + domain.spec().uuid());
        store.remove("/xapi/" + domain.spec().uuid());
        store.remove("/local/domain/0/backend/console/" + id);
        store.remove("/local/domain/0/device-model/" + id);
    }

    private static int ringRef(int domid) {
        return 1_558_017 - (domid - 1) * 24_576;
    }

    private static String seconds(Instant instant) {
        return new BigDecimal(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
    }
}

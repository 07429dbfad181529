package io.paramedic.deploy.simulation.model;

/**
 * The command line of a qemu, as {@code ps} shows it. Only {@code -xen-domid} names the domain (toolstack facts §6); sizes,
 * counts and the guest's name are words of their own too, and may equal the id of quite another domain.
 */
final class DeviceModelArgs {
    private DeviceModelArgs() {}

    /** As libxl starts it. */
    static String libxl(Domain domain) {
        int id = domain.domid();
        // libxl leaves -smp out for a single virtual CPU.
        String smp = domain.vcpus() > 1 ? " -smp " + cpus(domain) : "";
        return "/usr/libexec/xen-qemu-system-i386 -xen-domid " + id + " -no-shutdown"
                + " -chardev socket,id=libxl-cmd,path=/var/run/xen/qmp-libxl-" + id + ",server=on,wait=off"
                + " -mon chardev=libxl-cmd,mode=control"
                + " -chardev socket,id=libxenstat-cmd,path=/var/run/xen/qmp-libxenstat-" + id + ",server=on,wait=off"
                + " -mon chardev=libxenstat-cmd,mode=control -nodefaults -no-user-config"
                + " -name " + domain.configuredName() + " -vnc 127.0.0.1:0,to=99 -display none -serial pty"
                + " -device VGA,vgamem_mb=8 -boot order=cd" + smp + " -net none -machine xenfv,suppress-vmdesc=on"
                + " -m " + domain.spec().memoryMiB();
    }

    /** As xenopsd has its qemu-wrapper start it, under a name of its own, as a user of its own, in a root of its own. */
    static String xenopsd(Domain domain) {
        int id = domain.domid();
        return "qemu-dm-" + id + " -machine pc-0.10,accel=xen,max-ram-below-4g=4026531840,allow-unassigned=true"
                + " -vnc unix:/var/run/xen/vnc-" + id + ",lock-key-sync=off -monitor null"
                + " -pidfile /var/run/xen/qemu-dm-" + id + ".pid -xen-domid " + id
                + " -m size=" + domain.spec().memoryMiB() + " -boot order=dc -usb -device usb-tablet,port=2"
                + " -smp " + cpus(domain) + " -serial pty -display none -nodefaults"
                + " -trace enable=xen_platform_log -S"
                + " -qmp unix:/var/run/xen/qmp-libxl-" + id + ",server,nowait"
                + " -qmp unix:/var/run/xen/qmp-event-" + id + ",server,nowait"
                + " -xen-domid-restrict -chroot /var/xen/qemu/root-" + id + " -runas " + (65_535 + id) + ":998";
    }

    private static String cpus(Domain domain) {
        return domain.vcpus() + ",maxcpus=" + domain.vcpus();
    }
}

package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The files that a simulated host has, such as its boot id, its uptime, its configurations; and {@code cat} of them. */
final class HostFiles implements Tool {
    @Override
    public int run(ToolCall call) {
        int status = 0;
        for (String path : call.args()) {
            if (path.equals("--")) {
                continue;
            }
            Optional<String> content = content(call.host(), path);
            if (content.isPresent()) {
                call.out(content.get());
            } else {
                call.err("cat: %s: No such file or directory\n", path);
                status = 1;
            }
        }
        return status;
    }

    static boolean has(HostModel host, String path) {
        return content(host, path).isPresent();
    }

    /** The names in a directory that the host is known to have, as {@code ls} sorts them; nothing of one that it has not. */
    static Optional<List<String>> names(HostModel host, String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        List<String> names = host.configs().keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).replaceFirst("/.*", ""))
                .distinct()
                .sorted()
                .toList();
        boolean always = prefix.equals("/etc/xen/") && host.facts().dialect() == Dialect.XL;
        return names.isEmpty() && !always ? Optional.empty() : Optional.of(names);
    }

    static Optional<String> content(HostModel host, String path) {
        HostFacts facts = host.facts();
        return switch (path) {
            case "/proc/sys/kernel/random/boot_id" -> Optional.of(host.bootId() + "\n");
            case "/proc/uptime" -> {
                double up = host.uptime().toMillis() / 1000.0;
                yield Optional.of(String.format(Locale.ROOT, "%.2f %.2f%n", up, up * facts.dom0Vcpus() * 0.93)
                        .replace("\r", ""));
            }
            case "/proc/loadavg" ->
                Optional.of("0.12 0.08 0.05 1/%d 4242\n"
                        .formatted(host.processes().all().size() + 90));
            case "/proc/version" -> Optional.of("Linux version " + facts.kernel() + "\n");
            case "/etc/hostname" -> Optional.of(facts.hostname() + "\n");
            case "/etc/os-release" -> Optional.of(osRelease(facts.dialect()));
            case "/etc/xensource-inventory" ->
                facts.dialect() == Dialect.XCP_NG ? Optional.of(inventory(facts)) : Optional.empty();
            default -> Optional.ofNullable(host.configs().get(path)).map(HostFiles::configuration);
        };
    }

    private static String osRelease(Dialect dialect) {
        return switch (dialect) {
            case XL -> "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nID=debian\n";
            case XCP_NG -> "NAME=\"XCP-ng\"\nVERSION=\"8.3.0\"\nID=\"xenenterprise\"\nPRETTY_NAME=\"XCP-ng 8.3.0\"\n";
        };
    }

    private static String inventory(HostFacts facts) {
        return """
            PRIMARY_DISK='/dev/sda'
            PRODUCT_VERSION='8.3.0'
            DOM0_VCPUS='%d'
            CONTROL_DOMAIN_UUID='%s'
            DOM0_MEM='%d'
            COMPANY_NAME_SHORT='Open Source'
            PARTITION_LAYOUT='ROOT,BACKUP,LOG,BOOT,SWAP,SR'
            PRODUCT_VERSION_TEXT='8.3'
            INSTALLATION_UUID='%s'
            PRODUCT_BRAND='XCP-ng'
            BRAND_CONSOLE='XCP-ng Center'
            PRODUCT_NAME='xenenterprise'
            MANAGEMENT_INTERFACE='xenbr0'
            COMPANY_PRODUCT_BRAND='XCP-ng'
            PLATFORM_VERSION='3.4.0'
            BUILD_NUMBER='cloud'
            PLATFORM_NAME='XCP'
            BRAND_CONSOLE_URL='https://xcp-ng.org'
            """.formatted(facts.dom0Vcpus(), facts.dom0Uuid(), facts.dom0MemoryMiB(), facts.hostUuid());
    }

    private static String configuration(DomainSpec spec) {
        return """
            name = "%s"
            uuid = "%s"
            type = "%s"
            memory = %d
            vcpus = %d
            disk = [ "phy:/dev/vg0/%s,xvda,w" ]
            on_poweroff = "%s"
            on_reboot = "%s"
            on_crash = "%s"
            """.formatted(
                        spec.name(),
                        spec.uuid(),
                        spec.type().word(),
                        spec.memoryMiB(),
                        spec.vcpus(),
                        spec.name(),
                        spec.onPoweroff().word(),
                        spec.onReboot().word(),
                        spec.onCrash().word());
    }

    /** The paths that begin with one of these may be files of the simulated host rather than of this machine. */
    static List<String> prefixes() {
        return List.of("/proc/", "/etc/");
    }
}

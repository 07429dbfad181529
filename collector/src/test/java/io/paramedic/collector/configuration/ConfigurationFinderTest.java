package io.paramedic.collector.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.configuration.ConfigurationFinder.Found;
import io.paramedic.collector.configuration.ConfigurationFinder.Wanted;
import io.paramedic.collector.dialect.ProcessRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConfigurationFinderTest {
    private static final UUID HANDLE = UUID.fromString("9c2a1f04-52b7-4d7e-a3d1-0f5be42a7c10");
    private static final Wanted WEB = new Wanted(5, "web", HANDLE);

    private final Files host = new Files();
    private final ConfigurationFinder finder = new ConfigurationFinder(host, Duration.ofSeconds(5));

    private Found find(String... commandLines) throws InterruptedException {
        List<ProcessRow> makers = new ArrayList<>();
        for (String line : commandLines) {
            makers.add(new ProcessRow(600 + makers.size(), 1, "Ssl", line));
        }
        return finder.find(List.of(WEB), makers);
    }

    @Test
    void findsTheFileThatARunningXlNames() throws InterruptedException {
        host.put("/lab/web.cfg", "name = 'web'\ndisk = [ '/dev/vg/web,raw,xvda,rw' ]\n");
        Found found = find("/usr/sbin/xl create /lab/web.cfg");
        assertThat(found.configurations()).containsOnlyKeys(5);
        assertThat(found.configurations().values()).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("/lab/web.cfg");
            assertThat(it.sha256()).isEqualTo(host.sum("/lab/web.cfg"));
            assertThat(it.disks()).containsExactly("/dev/vg/web");
        });
        assertThat(found.unread()).isEmpty();
    }

    @Test
    void findsTheFilesOfTheHost() throws InterruptedException {
        host.put("/etc/xen/auto/web", "name = 'web'\n");
        host.put("/etc/xen/xl.conf", "autoballoon=0\n");
        assertThat(find().configurations()).containsOnlyKeys(5);
        assertThat(host.ran).noneMatch(line -> line.contains("xl.conf"));
    }

    @Test
    void twoFilesThatDifferAreNone() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "name = 'web'\nmemory = 1024\n");
        host.put("/etc/xen/auto/web", "name = 'web'\nmemory = 2048\n");
        Found found = find();
        assertThat(found.configurations()).isEmpty();
        assertThat(found.unread())
                .singleElement()
                .satisfies(it -> assertThat(it.why()).contains("differ", "/etc/xen/web.cfg", "/etc/xen/auto/web"));
    }

    @Test
    void twoFilesThatAgreeAreOne() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "name = 'web'\n");
        host.put("/etc/xen/auto/web", "name = 'web'\n");
        assertThat(find().configurations()).containsOnlyKeys(5);
    }

    @Test
    void aFileThatPinsAnotherUuidIsOfAnotherVm() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "name = 'web'\nuuid = '11111111-52b7-4d7e-a3d1-0f5be42a7c10'\n");
        assertThat(find().configurations()).isEmpty();
        host.put("/etc/xen/web.cfg", "name = 'web'\nuuid = '" + HANDLE + "'\n");
        assertThat(find().configurations()).containsOnlyKeys(5);
    }

    @Test
    void settingsOnTheCommandLineAreInNoFile() throws InterruptedException {
        host.put("/lab/web.cfg", "name = 'web'\n");
        Found found = find("/usr/sbin/xl create /lab/web.cfg memory=8192");
        assertThat(found.configurations()).isEmpty();
        assertThat(found.unread())
                .singleElement()
                .satisfies(it -> assertThat(it.why()).contains("command line"));
    }

    private void runs(String... diskAndType) {
        StringBuilder nodes =
                new StringBuilder("/local/domain/0/backend/vbd = \"\"\n/local/domain/0/backend/vbd/5 = \"\"\n");
        for (int i = 0; i < diskAndType.length; i += 2) {
            String device = "/local/domain/0/backend/vbd/5/" + (51712 + i);
            nodes.append("%s = \"\"%n%s/params = \"%s\"%n%s/device-type = \"%s\"%n"
                    .formatted(device, device, diskAndType[i], device, diskAndType[i + 1]));
        }
        host.put("/local/domain/0/backend", nodes.toString());
    }

    @Test
    void aFileWithOtherDisksThanThoseOfTheDomainIsNone() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "name = 'web'\ndisk = [ 'phy:/dev/vg/web,xvda,w' ]\n");
        runs("/dev/vg/web-old", "disk");
        Found found = find();
        assertThat(found.configurations()).isEmpty();
        assertThat(found.unread())
                .singleElement()
                .satisfies(it -> assertThat(it.why()).contains("/etc/xen/web.cfg", "other disks", "vg/web-old"));
        runs("/dev/vg/web", "disk", "/dev/vg/data", "disk");
        assertThat(find().configurations()).isEmpty();
    }

    @Test
    void aFileWithTheDisksOfTheDomainIsItsOwnWhateverIsInItsDrive() throws InterruptedException {
        host.put(
                "/etc/xen/web.cfg",
                "name = 'web'\ndisk = [ 'phy:/dev/vg/web,xvda,w', 'file:/iso/a.iso,hdc:cdrom,r' ]\n");
        runs("aio:/dev/vg/web", "disk", "", "cdrom");
        assertThat(find().configurations()).containsOnlyKeys(5);
        runs("/dev/vg/other", "disk", "", "cdrom");
        assertThat(find().configurations()).isEmpty();
    }

    @Test
    void aFileThatIsNotUnderstoodIsNamed() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "import os\n");
        Found found = find();
        assertThat(found.configurations()).isEmpty();
        assertThat(found.unread())
                .singleElement()
                .satisfies(it -> assertThat(it.what()).isEqualTo("/etc/xen/web.cfg"));
    }

    @Test
    void readsAFileAgainOnlyWhenItChanged() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "name = 'web'\n");
        find();
        find();
        assertThat(host.ran).filteredOn(line -> line.contains("cat ")).hasSize(1);
        host.put("/etc/xen/web.cfg", "name = 'web'\nmemory = 7\n");
        find();
        assertThat(host.ran).filteredOn(line -> line.contains("cat ")).hasSize(2);
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNone() throws InterruptedException {
        host.put("/etc/xen/web.cfg", "name = 'web'\n");
        host.lie("/etc/xen/web.cfg");
        assertThat(find().configurations()).isEmpty();
    }

    @Test
    void namesWithWordsForAShellAreNeverPassedOn() throws InterruptedException {
        host.put("/etc/xen/a;reboot.cfg", "name = 'web'\n");
        host.put("/etc/xen/$(reboot).cfg", "name = 'web'\n");
        find("xl create /tmp/x;reboot", "xl create ../web.cfg");
        assertThat(host.ran).noneMatch(line -> line.contains("reboot"));
    }

    /** A host with files and three tools that read them. */
    private static final class Files implements HostAccess {
        private final Map<String, String> files = new TreeMap<>();
        private final Map<String, String> lies = new TreeMap<>();
        final List<String> ran = new ArrayList<>();

        void put(String path, String content) {
            files.put(path, content);
        }

        void lie(String path) {
            lies.put(path, "0".repeat(64));
        }

        String sum(String path) {
            try {
                byte[] bytes = files.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
                return lies.getOrDefault(
                        path,
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public CommandResult run(HostCommand command) {
            ran.add(command.line());
            String[] words =
                    command.line().substring(HostCommand.PRELUDE.length()).split(" ");
            StringBuilder out = new StringBuilder();
            for (int i = 1; i < words.length; i++) {
                String path = words[i];
                switch (words[0]) {
                    case "ls" ->
                        files.keySet().stream()
                                .filter(file ->
                                        file.substring(0, file.lastIndexOf('/')).equals(path))
                                .forEach(file -> out.append(file.substring(path.length() + 1))
                                        .append('\n'));
                    case "sha256sum" -> {
                        if (files.containsKey(path)) {
                            out.append(sum(path)).append("  ").append(path).append('\n');
                        }
                    }
                    default -> out.append(files.getOrDefault(path, ""));
                }
            }
            return new CommandResult.Completed(0, out.toString(), "", Duration.ofMillis(1));
        }

        @Override
        public String name() {
            return "xen-07";
        }

        @Override
        public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended) {
            throw new UnsupportedOperationException("nothing is streamed");
        }

        @Override
        public void close() {
            files.clear();
        }
    }
}

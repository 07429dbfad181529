package io.paramedic.collector.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XlConfigurationTest {
    private static final String UUID_TEXT = "9c2a1f04-52b7-4d7e-a3d1-0f5be42a7c10";

    private static XlConfiguration read(String text) {
        XlConfiguration.Result result = XlConfiguration.read(text);
        assertThat(result).isInstanceOf(XlConfiguration.Result.Read.class);
        return ((XlConfiguration.Result.Read) result).configuration();
    }

    private static String refusal(String text) {
        XlConfiguration.Result result = XlConfiguration.read(text);
        assertThat(result).isInstanceOf(XlConfiguration.Result.Refused.class);
        return ((XlConfiguration.Result.Refused) result).why();
    }

    @Test
    void readsWhatAPersonWrites() {
        XlConfiguration web = read("""
            # the web server
            name   = "web"          # its name
            uuid   = '%s'
            type   = "pvh"; memory = 4096
            vcpus  = 2
            disk   = [
                'format=raw, vdev=xvda, access=rw, target=/dev/vg/web',
                "phy:/dev/vg/web-data,xvdb,w",
                '/srv/a disk.qcow2,qcow2,xvdc,rw',   # blanks too
                'vdev=hdc,cdrom',
            ]
            vif    = [ 'bridge=xenbr0,mac=00:16:3e:00:00:05' ]
            cpuid  = "host,htt=0"
            vnuma  = [ [ "pnode=0", "size=1024" ], [ "pnode=1", 7 ] ]
            on_crash = "preserve"
            """.formatted(UUID_TEXT));
        assertThat(web)
                .isEqualTo(new XlConfiguration(
                        "web",
                        UUID.fromString(UUID_TEXT),
                        List.of("/dev/vg/web", "/dev/vg/web-data", "/srv/a disk.qcow2")));
    }

    @Test
    void aConfigurationWithoutAUuidPinsNone() {
        assertThat(read("name = 'db'\n").uuid()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dev/vg/a,raw,xvda,rw | /dev/vg/a",
                "tap:aio:/srv/a.img,xvda,w | /srv/a.img",
                "file:/srv/a.img,hda,w | /srv/a.img",
                "vdev=xvda,target=/a,b.img | /a,b.img",
                "vdev=xvda,access=rw,target=/a,ro,r.img | /a,ro,r.img",
                "target=rbd:pool/a | rbd:pool/a"
            })
    void findsWhatProvidesADisk(String disk, String target) {
        assertThat(read("name = 'a'\ndisk = [ '" + disk + "' ]\n").disks()).containsExactly(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/a.iso,raw,hdc,ro,cdrom",
                "/srv/a.iso,,hdc,r",
                "file:/srv/a.iso,hdc:cdrom,r",
                "file:/srv/a.iso,hdc:cdrom,w",
                "format=raw, vdev=xvdb, access=ro, target=/srv/a.iso",
                "vdev=hdc,devtype=cdrom,target=/srv/r,ro.iso"
            })
    void leavesOutWhatTheVmOnlyReads(String disk) {
        assertThat(read("name = 'a'\ndisk = [ '" + disk + "' ]\n").disks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import os\nname = 'a'\n",
                "name = 'a' + 'b'\n",
                "name = name_of('a')\n",
                "name = \"a\\x62\"\n",
                "name = 'a\n",
                "name = 'a'\nname = 'b'\n",
                "name = 'a'\ndisk = [ '/dev/a,raw,xvda,rw' ]\ndisk += [ '/dev/b,raw,xvdb,rw' ]\n",
                "name = 'a'\nuuid = 'random'\n",
                "name = 'a'\nuuid = 7\n",
                "name = 'a'\ndisk = [ 'format=raw,vdev=xvda' ]\n",
                "name = 'a'\ndisk = [ ',raw,xvda' ]\n",
                "name = 'a'\ndisk = [ 7 ]\n",
                "name = 'a'\ndisk = [ '/dev/a,raw,xvda,rw'\n",
                "memory = 4096\n",
                "name = ''\n",
                "name = [ 'a' ]\n",
                "name = 'a' memory = 7\n",
                "\0name = 'a'\n",
                ""
            })
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThat(refusal(text)).isNotBlank();
    }

    @Test
    void saysInWhichLine() {
        assertThat(refusal("name = 'a'\n\nif True:\n")).startsWith("line 3: ");
    }
}

package io.paramedic.collector.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5", "192.168.1.255", "8.8.8.8", "2001:db8::5", "fd00::1:2", "2a00:1:2:3:4:5:6:7"})
    void takesAnAddressThatAGuestCanHave(String address) {
        assertThat(ReportedAddress.sound(address)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.1.1",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.5",
                "10.0.0.5 ",
                " 10.0.0.5",
                "10.0.0.5;reboot",
                "-c",
                "localhost",
                "::1",
                "::",
                "fe80::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "2001:db8::5%eth0",
                "2001::1::2",
                "1:2:3",
                "",
                "2001:db8:::5",
                "64:ff9b::7f00:1",
                "2001:db8::1:2:3:4:5:6:7"
            })
    void refusesAnyOther(String address) {
        assertThat(ReportedAddress.sound(address)).isEmpty();
    }

    @Test
    void takesAnIpv4AddressBeforeAnIpv6OneAndTheFirstThatIsSound() {
        assertThat(ReportedAddress.best(List.of("2001:db8::5", "127.0.0.1", "10.0.0.5", "10.0.0.6")))
                .contains("10.0.0.5");
        assertThat(ReportedAddress.best(List.of("fe80::1", "2001:db8::5"))).contains("2001:db8::5");
        assertThat(ReportedAddress.best(List.of("fe80::1"))).isEmpty();
    }
}

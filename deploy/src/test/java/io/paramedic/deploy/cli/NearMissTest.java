package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearMissTest {
    private static final List<String> COMMANDS = List.of("doctor", "demo", "simulate-hosts");

    @Test
    void findsSwappedMissingAndWrongLetters() {
        assertThat(NearMiss.of("docotr", COMMANDS)).containsExactly("doctor");
        assertThat(NearMiss.of("doctr", COMMANDS)).containsExactly("doctor");
        assertThat(NearMiss.of("demi", COMMANDS)).containsExactly("demo");
    }

    @Test
    void findsWhatAWordBegins() {
        assertThat(NearMiss.of("simu", COMMANDS)).containsExactly("simulate-hosts");
    }

    @Test
    void offersNothingForAnotherWord() {
        assertThat(NearMiss.of("rescue", COMMANDS)).isEmpty();
    }

    @Test
    void theClosestIsFirst() {
        assertThat(NearMiss.of("--watc", List.of("--match", "--watch"))).startsWith("--watch");
    }

    @Property(tries = 200)
    void distanceIsSymmetricAndZeroOnlyForTheSame(
            @ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        assertThat(NearMiss.distance(a, b)).isEqualTo(NearMiss.distance(b, a));
        assertThat(NearMiss.distance(a, b) == 0).isEqualTo(a.equals(b));
    }
}

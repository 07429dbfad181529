package io.paramedic.analyzer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.StringLength;

class PolicyPropertiesTest {
    @Property
    void whatIsWrittenParsesBackToTheSame(@ForAll("policies") Policy policy) {
        assertThat(PolicyDocument.parse(PolicyDocument.write(policy))).isEqualTo(new Parsed.Ok(policy));
    }

    @Property
    void aScaledPolicyCanBeWritten(
            @ForAll("policies") Policy policy, @ForAll @DoubleRange(min = 1, max = 1_000) double factor) {
        Policy scaled = policy.scaledBy(factor);

        assertThat(PolicyDocument.parse(PolicyDocument.write(scaled))).isEqualTo(new Parsed.Ok(scaled));
        assertThat(scaled.patience().hung())
                .isLessThanOrEqualTo(policy.patience().hung());
        assertThat(scaled.patience().hung()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(scaled.patience().evidence()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    /** Most are refused; none throws, and none is refused without a reason. */
    @Property
    void noTextIsTooMuchForTheParser(@ForAll @StringLength(max = 200) String text) {
        if (PolicyDocument.parse(text) instanceof Parsed.Refused refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.rule()).isNotBlank());
        }
    }

    /** Nearer to the truth than random text: a sound document with some characters exchanged. */
    @Property
    void noDamageIsTooMuchForTheParser(
            @ForAll("policies") Policy policy, @ForAll int place, @ForAll @StringLength(max = 4) String damage) {
        String sound = PolicyDocument.write(policy);
        int at = Math.floorMod(place, sound.length());
        String broken = sound.substring(0, at) + damage + sound.substring(Math.min(sound.length(), at + 3));

        assertThat(PolicyDocument.parse(broken)).isNotNull();
    }

    @Provide
    Arbitrary<Policy> policies() {
        return RandomPolicies.any();
    }
}

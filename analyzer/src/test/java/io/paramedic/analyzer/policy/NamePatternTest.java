package io.paramedic.analyzer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a policy protects. */
class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "db, db, true",
        "db, db-1, false",
        "db*, db-1, true",
        "*db, my-db, true",
        "*db*, a-db-b, true",
        "*, anything, true",
        "a*b*c, a-b-c, true",
        "a*b*c, a-c-b, false",
        "ab*ba, aba, false",
        "DB, db, false",
        "d.b, dxb, false",
        "ABCDEFAB-1111-4222-8333-ABCDEFABCDEF, abcdefab-1111-4222-8333-abcdefabcdef, true"
    })
    void aStarStandsForAnyCharactersAndNothingElseIsSpecial(String pattern, String name, boolean matches) {
        assertThat(NamePattern.matches(pattern, name)).isEqualTo(matches);
    }
}

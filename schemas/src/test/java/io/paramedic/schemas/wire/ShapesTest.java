package io.paramedic.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapesTest {
    record Named(
            String plainName,
            Duration timeLeft,
            int domid,
            String sha256,
            String rawBase64,
            @Nullable String maybe) {}

    record Unknown(Date date) {}

    record Unordered(Set<String> names) {}

    record Confusing(String is) {}

    sealed interface Twins {
        record Twin() implements Twins {}

        sealed interface Nested extends Twins {
            record Twin() implements Nested {}
        }
    }

    @Test
    void fieldsAreNamedInSnakeCaseWithTheUnitLast() {
        Shape.Product named = (Shape.Product) Shapes.of(Named.class);
        assertThat(named.fields())
                .extracting(Shape.Field::name)
                .isEqualTo(List.of("plain_name", "time_left_ms", "domid", "sha256", "raw_base64", "maybe"));
        assertThat(named.fields())
                .extracting(Shape.Field::optional)
                .containsExactly(false, false, false, false, false, true);
    }

    @Test
    void whatTheRulesDoNotCoverIsNoticedWhenTheCodecIsMade() {
        assertThatThrownBy(() -> Shapes.of(Unknown.class)).hasMessageContaining("no shape for class java.util.Date");
        assertThatThrownBy(() -> Shapes.of(Unordered.class)).hasMessageContaining("no shape for java.util.Set");
        assertThatThrownBy(() -> Shapes.of(Confusing.class)).hasMessageContaining("names the type on the wire");
        assertThatThrownBy(() -> Shapes.of(Twins.class)).hasMessageContaining("are called twin");
    }
}

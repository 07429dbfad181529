package io.paramedic.schemas.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import io.paramedic.schemas.wire.Decoded.Undecodable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuarantinedTest {
    @Test
    void keepsTheBytesWithTheirPlaceAndTheReason() {
        byte[] raw = {0, (byte) 0xff, '{'};
        Undecodable<?> why = (Undecodable<?>) Contract.EVENTS.decode(raw);
        Quarantined kept = Quarantined.of("paramedic.events", 5, 42, Instant.EPOCH, raw, why);
        assertThat(kept.key()).isEqualTo("paramedic.events/5");
        assertThat(kept.reason()).isEqualTo("this is no UTF-8");
        assertThat(kept.offset()).isEqualTo(42);
        assertThat(Base64.getDecoder().decode(kept.rawBase64())).isEqualTo(raw);
        assertThat(Contract.QUARANTINE.decode(Contract.QUARANTINE.encode(kept))).isEqualTo(new Decoded.Ok<>(kept));
    }

    @Test
    void keepsTheStartOfWhatIsTooLongAndStillFitsItsOwnTopic() {
        byte[] raw = new byte[5 * Codec.MAX_BYTES];
        new Random(1).nextBytes(raw);
        Undecodable<?> why = (Undecodable<?>) Contract.EVENTS.decode(raw);
        Quarantined kept = Quarantined.of("paramedic.events", 5, 42, Instant.EPOCH, raw, why);
        assertThat(kept.size()).isEqualTo(raw.length);
        assertThat(Base64.getDecoder().decode(kept.rawBase64())).isEqualTo(Arrays.copyOf(raw, Quarantined.KEPT_BYTES));
        assertThat(Contract.QUARANTINE.encode(kept)).hasSizeLessThan(Codec.MAX_BYTES);
    }
}

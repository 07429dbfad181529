package io.paramedic.schemas.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final JournalEntry FIRST = sealed(0, Chain.START, "quiet");
    private static final JournalEntry SECOND = sealed(1, FIRST.hash(), "two witnesses");

    @Test
    void aSealedEntryIsSoundWhenReadBack() {
        byte[] wire = Contract.JOURNAL.encode(SECOND);
        assertThat(Contract.JOURNAL.decode(wire)).isEqualTo(new Decoded.Ok<>(SECOND));
        assertThat(Chain.flaw(wire, SECOND, 1, FIRST.hash())).isEmpty();
    }

    @Test
    void anEntryWithAFieldOfANewerReleaseIsSoundWhileTheHashStandsLast() throws Exception {
        String body = text(Contract.JOURNAL.encode(SECOND)).replaceFirst(",\"hash\":\"[0-9a-f]{64}\"}$", "")
                + ",\"added_later\":1";
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        byte[] wire = (body + ",\"hash\":\"" + hash + "\"}").getBytes(StandardCharsets.UTF_8);
        JournalEntry read = ((Decoded.Ok<JournalEntry>) Contract.JOURNAL.decode(wire)).value();
        assertThat(Chain.flaw(wire, read, 1, FIRST.hash())).isEmpty();
    }

    @Test
    void aChangedByteIsSeen() {
        String changed = text(Contract.JOURNAL.encode(SECOND)).replace("two witnesses", "one witness!!");
        byte[] wire = changed.getBytes(StandardCharsets.UTF_8);
        JournalEntry read = ((Decoded.Ok<JournalEntry>) Contract.JOURNAL.decode(wire)).value();
        assertThat(Chain.flaw(wire, read, 1, FIRST.hash())).hasValue("entry 1 of pool north is not what was written");
    }

    @Test
    void somethingAfterTheHashIsSeen() {
        byte[] wire = (text(Contract.JOURNAL.encode(SECOND)).replaceFirst("}$", ",\"x\":1}"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Chain.flaw(wire, SECOND, 1, FIRST.hash())).hasValue("entry 1 of pool north is not what was written");
        assertThat(Chain.flaw(new byte[0], SECOND, 1, FIRST.hash())).isPresent();
    }

    @Test
    void aMissingEntryIsSeen() {
        byte[] wire = Contract.JOURNAL.encode(SECOND);
        assertThat(Chain.flaw(wire, SECOND, 0, Chain.START))
                .hasValue("entry 0 of pool north is missing, 1 stands in its place");
    }

    @Test
    void anEntryOfAnotherChainIsSeen() {
        JournalEntry stranger = sealed(1, sealed(0, Chain.START, "another past").hash(), "two witnesses");
        assertThat(Chain.flaw(Contract.JOURNAL.encode(stranger), stranger, 1, FIRST.hash()))
                .hasValue("entry 1 of pool north does not follow the one before it");
    }

    @Test
    void theHashStandsLastOnTheWire() {
        assertThat(List.of(JournalEntry.class.getRecordComponents()))
                .last()
                .satisfies(component -> assertThat(component.getName()).isEqualTo("hash"));
    }

    private static JournalEntry sealed(long number, String previous, String reason) {
        return Chain.seal(new JournalEntry(
                "north",
                number,
                previous,
                Instant.EPOCH,
                new JournalEntry.Cause(0, number),
                "0.1.0",
                1,
                Mode.OBSERVE,
                new Decision.LivenessChanged(true),
                reason,
                List.of(),
                Chain.START));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

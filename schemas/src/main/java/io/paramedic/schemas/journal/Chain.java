package io.paramedic.schemas.journal;

import io.paramedic.schemas.wire.Codec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Chains the entries of one pool's journal. The hash is the SHA-256 of the entry's bytes on the wire up to, and without,
 * {@code ,"hash":"…"}} at their end. Taking the bytes and not the record lets every later release check what this one wrote.
 */
public final class Chain {
    /** What stands before the first entry: 64 zeros. */
    public static final String START = "0".repeat(64);

    private static final Codec<JournalEntry> CODEC = Codec.ofMessage(JournalEntry.class);
    private static final String TAIL_START = ",\"hash\":\"";
    private static final int TAIL = TAIL_START.length() + START.length() + "\"}".length();

    private Chain() {}

    /** The entry with its own hash, whatever stood there. */
    public static JournalEntry seal(JournalEntry draft) {
        return draft.withHash(hash(CODEC.encode(draft)));
    }

    /**
     * What is wrong with an entry as it was read from the log; nothing where it is sound.
     *
     * @param wire its bytes
     * @param entry what they decode to
     * @param number that it must have: 0, or one more than the entry before
     * @param previous hash of the entry before, or {@link #START}
     */
    public static Optional<String> flaw(byte[] wire, JournalEntry entry, long number, String previous) {
        if (entry.number() != number) {
            return Optional.of("entry " + number + " of pool " + entry.pool() + " is missing, " + entry.number()
                    + " stands in its place");
        }
        if (!entry.previous().equals(previous)) {
            return Optional.of("entry " + number + " of pool " + entry.pool() + " does not follow the one before it");
        }
        if (!hasTail(wire, entry.hash()) || !entry.hash().equals(hash(wire))) {
            return Optional.of("entry " + number + " of pool " + entry.pool() + " is not what was written");
        }
        return Optional.empty();
    }

    private static boolean hasTail(byte[] wire, String hash) {
        byte[] tail = (TAIL_START + hash + "\"}").getBytes(StandardCharsets.UTF_8);
        return wire.length > TAIL && Arrays.equals(wire, wire.length - TAIL, wire.length, tail, 0, tail.length);
    }

    private static String hash(byte[] wire) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(wire, 0, wire.length - TAIL);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

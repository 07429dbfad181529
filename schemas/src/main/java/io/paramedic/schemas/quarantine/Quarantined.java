package io.paramedic.schemas.quarantine;

import io.paramedic.schemas.wire.Decoded.Undecodable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Bytes that nobody could read, kept for a person. The reader counts them and goes on; they never count as "nothing there".
 *
 * @param topic where they were, with its prefix
 * @param partition of the topic
 * @param offset in the partition
 * @param appended their append time
 * @param reason why they were refused
 * @param quote their start, printable
 * @param size how many bytes there were
 * @param sha256 of all of them, 64 lower-case hexadecimal digits
 * @param rawBase64 the bytes, the first {@link #KEPT_BYTES} at most
 */
public record Quarantined(
        String topic,
        int partition,
        long offset,
        Instant appended,
        String reason,
        String quote,
        int size,
        String sha256,
        String rawBase64) {
    /** More than any ordinary message has; what is longer is still on its own topic, at its offset. */
    public static final int KEPT_BYTES = 256 * 1024;

    /** The key on the topic. */
    public String key() {
        return topic + "/" + partition;
    }

    /** The record for one refused message. */
    public static Quarantined of(
            String topic, int partition, long offset, Instant appended, byte[] raw, Undecodable<?> why) {
        byte[] kept = raw.length <= KEPT_BYTES ? raw : Arrays.copyOf(raw, KEPT_BYTES);
        return new Quarantined(
                topic,
                partition,
                offset,
                appended,
                why.reason(),
                why.quote(),
                raw.length,
                sha256(raw),
                Base64.getEncoder().encodeToString(kept));
    }

    private static String sha256(byte[] raw) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

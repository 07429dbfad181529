package io.paramedic.collector.access.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A host's public key as the protocol encodes it. */
public final class HostKey {
    private final byte[] blob;

    HostKey(byte[] blob) {
        this.blob = blob.clone();
    }

    /** Its type, for example {@code ssh-ed25519}; empty where the encoding is damaged. */
    public String type() {
        if (blob.length < Integer.BYTES) {
            return "";
        }
        int length = ByteBuffer.wrap(blob).getInt();
        return length < 0 || length > blob.length - Integer.BYTES
                ? ""
                : new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    /** Its SHA-256 fingerprint as {@code ssh-keygen -l} prints it: {@code SHA256:…} */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a person who wrote this fingerprint means this key. */
    public boolean hasFingerprint(String written) {
        String stripped = written.strip();
        while (stripped.endsWith("=")) {
            stripped = stripped.substring(0, stripped.length() - 1);
        }
        return fingerprint().equals(stripped);
    }

    byte[] blob() {
        return blob.clone();
    }

    String base64() {
        return Base64.getEncoder().encodeToString(blob);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return type() + " " + fingerprint();
    }
}

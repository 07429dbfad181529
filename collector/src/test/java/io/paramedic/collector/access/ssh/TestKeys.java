package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.jspecify.annotations.Nullable;

/** Makes keys and writes them as people have them in their files. */
final class TestKeys {
    private TestKeys() {}

    static KeyPair generate(String type) {
        try {
            return KeyUtils.generateKeyPair(
                    type,
                    switch (type) {
                        case "ssh-rsa" -> 2048;
                        case "ssh-dss" -> 1024;
                        case "ecdsa-sha2-nistp256" -> 256;
                        case "ecdsa-sha2-nistp384" -> 384;
                        case "ecdsa-sha2-nistp521" -> 521;
                        default -> 256;
                    });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a private key as {@code ssh-keygen} does, readable by its owner only. */
    static Path openSsh(Path file, KeyPair pair, @Nullable String passphrase) throws Exception {
        OpenSSHKeyEncryptionContext context = null;
        if (passphrase != null) {
            context = new OpenSSHKeyEncryptionContext();
            context.setPassword(passphrase);
            context.setCipherName("AES");
            context.setCipherType("256");
            context.setCipherMode("CTR");
        }
        try (OutputStream out = create(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", context, out);
        }
        return file;
    }

    /** Writes a private key in the older PEM format. */
    static Path pem(Path file, KeyPair pair, @Nullable String passphrase) throws Exception {
        PEMEncryptor encryptor =
                passphrase == null ? null : new JcePEMEncryptorBuilder("AES-128-CBC").build(passphrase.toCharArray());
        create(file).close();
        try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            if (encryptor == null) {
                writer.writeObject(pair.getPrivate());
            } else {
                writer.writeObject(pair.getPrivate(), encryptor);
            }
        }
        return file;
    }

    static Path publicKey(Path file, KeyPair pair) throws IOException {
        return Files.writeString(file, line(pair) + " test\n");
    }

    /** The public key as it stands in {@code authorized_keys}. */
    static String line(KeyPair pair) {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    static HostKey hostKey(KeyPair pair) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(pair.getPublic());
        return new HostKey(buffer.getCompactData());
    }

    private static OutputStream create(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.paramedic.collector.access.ssh;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an ssh-agent for its keys and for signatures (draft-miller-ssh-agent), over a Unix socket of the JDK. MINA's own
 * client needs a native library. One connection per question: an agent is local, and a kept one could go stale unseen.
 */
final class AgentClient {
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int RSA_SHA2_256 = 2;
    private static final int RSA_SHA2_512 = 4;
    private static final int LONGEST_ANSWER = 1 << 20;

    private final Path socket;
    private final Duration limit;

    /** @param limit how long one question may take; signing may wait for a person who confirms it */
    AgentClient(Path socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
    }

    /** The public keys that it holds, in the encoding of the protocol. */
    List<HostKey> identities() throws IOException {
        ByteBuffer answer = ask(new byte[] {REQUEST_IDENTITIES}, IDENTITIES_ANSWER);
        int count = answer.remaining() < Integer.BYTES ? 0 : answer.getInt();
        List<HostKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(new HostKey(bytes(answer)));
            bytes(answer);
        }
        return keys;
    }

    /** A signature by one of its keys. */
    Signature sign(byte[] key, String algorithm, byte[] data) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(request);
        out.write(SIGN_REQUEST);
        out.writeInt(key.length);
        out.write(key);
        out.writeInt(data.length);
        out.write(data);
        out.writeInt(
                switch (algorithm) {
                    case "rsa-sha2-256" -> RSA_SHA2_256;
                    case "rsa-sha2-512" -> RSA_SHA2_512;
                    default -> 0;
                });
        ByteBuffer answer = ByteBuffer.wrap(bytes(ask(request.toByteArray(), SIGN_RESPONSE)));
        String signed = new String(bytes(answer), StandardCharsets.US_ASCII);
        return new Signature(signed, bytes(answer));
    }

    /** @param algorithm what the agent signed with, which an old one may choose by itself */
    record Signature(String algorithm, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Signature s && s.algorithm.equals(algorithm) && Arrays.equals(s.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private ByteBuffer ask(byte[] request, int expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            // A blocking read has no time limit of its own; closing the channel from here ends it.
            Callable<ByteBuffer> exchange = () -> exchange(channel, request);
            FutureTask<ByteBuffer> task = new FutureTask<>(exchange);
            Thread.ofVirtual().name("ssh-agent").start(task);
            ByteBuffer answer = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            int type = answer.get();
            if (type != expected) {
                throw new IOException("it refused (answer %d in place of %d)".formatted(type, expected));
            }
            return answer;
        } catch (TimeoutException e) {
            throw new IOException("no answer within %d s".formatted(limit.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw new IOException("not a socket: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer exchange(SocketChannel channel, byte[] request) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + request.length);
        out.putInt(request.length).put(request).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        int length = fill(channel, ByteBuffer.allocate(Integer.BYTES)).getInt();
        if (length < 1 || length > LONGEST_ANSWER) {
            throw new IOException("an answer of %d bytes".formatted(length));
        }
        return fill(channel, ByteBuffer.allocate(length));
    }

    private static ByteBuffer fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("it hung up");
            }
        }
        return buffer.flip();
    }

    private static byte[] bytes(ByteBuffer from) throws IOException {
        int length = from.remaining() < Integer.BYTES ? -1 : from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IOException("its answer is cut off");
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}

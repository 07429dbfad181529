package io.paramedic.collector.access.ssh;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An ssh-agent with keys of its own that remembers how it was asked to sign. */
final class FakeAgent implements AutoCloseable {
    /** The flags of the signatures that it was asked for. */
    final Queue<Integer> flags = new ConcurrentLinkedQueue<>();

    private final ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Queue<SocketChannel> clients = new ConcurrentLinkedQueue<>();
    private final List<KeyPair> keys;
    private volatile boolean mute;

    FakeAgent(Path socket, List<KeyPair> keys) throws IOException {
        this.keys = keys;
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("fake agent").start(this::serve);
    }

    /** Answers nothing from now on. */
    void fallMute() {
        mute = true;
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                clients.add(client);
                if (!mute) {
                    answer(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void answer(SocketChannel client) throws IOException {
        try (client) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(client));
            ByteArrayBuffer request = new ByteArrayBuffer(in.readNBytes(in.readInt()));
            ByteArrayBuffer answer = new ByteArrayBuffer();
            switch (request.getByte()) {
                case 11 -> identities(answer);
                case 13 -> sign(request, answer);
                default -> answer.putByte((byte) 5);
            }
            byte[] bytes = answer.getCompactData();
            client.write(ByteBuffer.allocate(4 + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes)
                    .flip());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void identities(ByteArrayBuffer answer) {
        answer.putByte((byte) 12);
        answer.putInt(keys.size() + 1);
        for (KeyPair pair : keys) {
            answer.putBytes(TestKeys.hostKey(pair).blob());
            answer.putString("a comment");
        }
        ByteArrayBuffer unknown = new ByteArrayBuffer();
        unknown.putString("ssh-of-the-future");
        answer.putBytes(unknown.getCompactData());
        answer.putString("a key of a type that nobody knows");
    }

    private void sign(ByteArrayBuffer request, ByteArrayBuffer answer) throws Exception {
        HostKey wanted = new HostKey(request.getBytes());
        byte[] data = request.getBytes();
        int flag = request.getInt();
        flags.add(flag);
        KeyPair pair = keys.stream()
                .filter(candidate -> TestKeys.hostKey(candidate).equals(wanted))
                .findFirst()
                .orElseThrow();
        String algorithm = switch (flag) {
            case 2 -> "rsa-sha2-256";
            case 4 -> "rsa-sha2-512";
            default -> wanted.type();
        };
        Signature signature = BuiltinSignatures.fromFactoryName(algorithm).create();
        signature.initSigner(null, pair.getPrivate());
        signature.update(null, data);
        ByteArrayBuffer signed = new ByteArrayBuffer();
        signed.putString(algorithm);
        signed.putBytes(signature.sign(null));
        answer.putByte((byte) 14);
        answer.putBytes(signed.getCompactData());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel client : clients) {
            client.close();
        }
    }
}

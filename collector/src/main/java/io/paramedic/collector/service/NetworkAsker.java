package io.paramedic.collector.service;

import io.paramedic.collector.probing.Attempt;
import io.paramedic.collector.probing.PingOutput;
import io.paramedic.collector.probing.Question;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks over this machine's network. An echo is asked for by the {@code ping} program, because Java cannot. */
final class NetworkAsker implements Asker {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final int MOST_OF_A_LINE = 512;
    private static final boolean BSD =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).matches("mac.*|.*bsd.*");

    private final SSLSocketFactory anyCertificate = anyCertificate();

    @Override
    public Attempt ask(Question question, Duration limit) throws InterruptedException {
        InetAddress address;
        try {
            address = InetAddress.getByName(question.address());
        } catch (UnknownHostException e) {
            return new Attempt.NotAsked("not-resolvable");
        }
        return switch (question) {
            case Question.Echo _ -> echo(address, limit);
            case Question.Connect connect -> connect(address, connect.port(), limit);
            case Question.Get get -> get(address, get, limit);
        };
    }

    private Attempt echo(InetAddress address, Duration limit) throws InterruptedException {
        long seconds = Math.max(1, limit.toSeconds());
        List<String> words = new ArrayList<>(List.of("ping", "-n", "-c", "1"));
        words.addAll(List.of(BSD ? "-t" : "-W", Long.toString(seconds), address.getHostAddress()));
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
        } catch (IOException e) {
            return new Attempt.NotAsked("no-ping-program");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis() + 1_000, TimeUnit.MILLISECONDS)) {
                return new Attempt.NotAsked("ping-failed");
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return PingOutput.read(output);
        } catch (IOException e) {
            return new Attempt.NotAsked("ping-failed");
        } finally {
            process.destroyForcibly();
        }
    }

    private Attempt connect(InetAddress address, int port, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
            return new Attempt.Answered("connected");
        } catch (IOException e) {
            return failed(e);
        }
    }

    private Attempt get(InetAddress address, Question.Get get, Duration limit) {
        int millis = Math.toIntExact(limit.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, get.port()), millis);
            plain.setSoTimeout(millis);
            if (!get.tls()) {
                return status(plain, get);
            }
            try (SSLSocket tls = (SSLSocket) anyCertificate.createSocket(plain, get.address(), get.port(), true)) {
                tls.setSoTimeout(millis);
                return status(tls, get);
            }
        } catch (SSLException e) {
            // An alert, or what is no TLS, came from the guest; only where nothing came it was silent.
            return e.getCause() instanceof SocketTimeoutException
                    ? new Attempt.NoAnswer("timeout")
                    : new Attempt.Answered("tls-failed");
        } catch (IOException e) {
            return failed(e);
        }
    }

    /** Whatever comes, an error of the server or no page at all, somebody lives who sent it. */
    private static Attempt status(Socket socket, Question.Get get) throws IOException {
        String host = get.address().contains(":") ? "[" + get.address() + "]" : get.address();
        String request = "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: paramedic\r\nConnection: close\r\n\r\n"
                .formatted(get.path().replaceAll("[\\s\\p{Cntrl}]", "%20"), host, get.port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        Matcher status = STATUS.matcher(firstLine(socket));
        return new Attempt.Answered(status.matches() ? "status-" + status.group(1) : "not-http");
    }

    /** What came of it before the socket's limit; a limit without a single byte is thrown. */
    private static String firstLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        long begun = System.nanoTime();
        long limit = Duration.ofMillis(socket.getSoTimeout()).toNanos();
        try {
            for (int c = in.read(); c >= 0 && c != '\n' && line.length() < MOST_OF_A_LINE; c = in.read()) {
                line.append((char) c);
                if (System.nanoTime() - begun > limit) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            if (line.isEmpty()) {
                throw e;
            }
        }
        return line.toString().strip();
    }

    /**
     * A refusal comes from the guest's kernel. That it is unreachable is said by this machine or by a router: a cable, a VLAN
     * or a route of ours that failed looks the same as a neighbour that is gone.
     */
    static Attempt failed(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return switch (e) {
            case SocketTimeoutException _ -> new Attempt.NoAnswer("timeout");
            case NoRouteToHostException _ -> new Attempt.NotAsked("unreachable");
            case ConnectException _ when message.contains("refused") -> new Attempt.Answered("refused");
            case ConnectException _ when message.contains("timed out") -> new Attempt.NoAnswer("timeout");
            case SocketException _
            when message.contains("reset") || message.contains("broken pipe") -> new Attempt.Answered("reset");
            default -> new Attempt.NotAsked("not-sent");
        };
    }

    /** Whose certificate a guest shows does not matter: the question is whether it lives, and nothing is told to it. */
    private static SSLSocketFactory anyCertificate() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

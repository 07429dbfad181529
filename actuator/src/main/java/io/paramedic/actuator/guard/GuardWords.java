package io.paramedic.actuator.guard;

import io.paramedic.schemas.command.Step.Configuration;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of one call, {@code KEY=VALUE} each. */
final class GuardWords {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final List<String> words = new ArrayList<>();

    List<String> words() {
        return List.copyOf(words);
    }

    GuardWords add(String key, Object value) {
        words.add(key + "=" + value);
        return this;
    }

    /** @param host that is meant; a machine that is enrolled as another one refuses */
    GuardWords host(String host) {
        return add("host", percent(host));
    }

    GuardWords token(FencingToken token) {
        return add("log", encode(token.log())).add("token", token.offset());
    }

    /** @param host whose guard is asked: a scope of another host's VM is that VM's here, too */
    GuardWords scope(Scope scope, String host, @Nullable VmId vm) {
        return switch (scope) {
            case Scope.Pool _ -> add("level", "pool");
            case Scope.Host whole ->
                whole.host().equals(host) || vm == null
                        ? add("level", "host")
                        : add("level", "vm").key(vm);
            case Scope.Vm one -> add("level", "vm").key(one.vm());
        };
    }

    private GuardWords key(VmId vm) {
        return add(
                "key",
                switch (vm) {
                    case VmId.ByUuid(UUID uuid) -> "u-" + uuid;
                    case VmId.ByName(String name) -> "n-" + sha256(name);
                });
    }

    GuardWords deadline(HostTime deadline) {
        return add("boot", deadline.bootId()).add("deadline", deadline.uptime().toMillis() / 10);
    }

    GuardWords target(Target target) {
        return add("domid", target.incarnation().domid())
                .add("handle", target.incarnation().handle())
                .add("states", target.expected().stream().map(Enum::name).collect(Collectors.joining(",")));
    }

    GuardWords vm(@Nullable UUID vm) {
        return vm == null ? this : add("vm", vm);
    }

    GuardWords configuration(@Nullable Configuration file) {
        return file == null ? this : add("path", file.path()).add("sha", file.sha256());
    }

    /** @param host whose guard is asked; domids of other hosts mean nothing there, handles do */
    GuardWords traces(String host, @Nullable UUID vm, Traces traces) {
        if (vm != null) {
            add("uuid", vm);
        }
        for (Incarnation seen : traces.incarnations()) {
            add("uuid", seen.handle());
            if (seen.host().equals(host)) {
                add("was", seen.bootId() + ":" + seen.domid());
            }
        }
        traces.names().stream().filter(name -> !name.isEmpty()).forEach(name -> add("name", name));
        traces.disks().forEach(disk -> add("disk", disk));
        return this;
    }

    /** The log as one word without anything that a shell or a line would take for its own. */
    static String encode(LogId log) {
        return String.join(
                "/",
                percent(log.cluster()),
                percent(log.topic()),
                Integer.toString(log.partition()),
                percent(log.pool()));
    }

    /** @return the log, or null where the word is none */
    static @Nullable LogId decode(String word) {
        String[] parts = word.split("/", -1);
        try {
            return parts.length == 4
                    ? new LogId(plain(parts[0]), plain(parts[1]), Integer.parseInt(parts[2]), plain(parts[3]))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String percent(String text) {
        StringBuilder word = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf((char) b) >= 0) {
                word.append((char) b);
            } else {
                HEX.toHexDigits(word.append('%'), b);
            }
        }
        return word.toString();
    }

    private static String plain(String word) {
        byte[] bytes = new byte[word.length()];
        int length = 0;
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if (c == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(word, at + 1, at + 3);
                at += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

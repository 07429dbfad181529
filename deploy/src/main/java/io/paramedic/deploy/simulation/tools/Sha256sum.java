package io.paramedic.deploy.simulation.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** {@code sha256sum} of the files that {@link HostFiles} knows. */
final class Sha256sum implements Tool {
    @Override
    public int run(ToolCall call) {
        int status = 0;
        for (String path : call.args()) {
            if (path.equals("--")) {
                continue;
            }
            Optional<String> content = HostFiles.content(call.host(), path);
            if (content.isPresent()) {
                call.out(hash(content.get()) + "  " + path + "\n");
            } else {
                call.err("sha256sum: %s: No such file or directory\n", path);
                status = 1;
            }
        }
        return status;
    }

    private static String hash(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

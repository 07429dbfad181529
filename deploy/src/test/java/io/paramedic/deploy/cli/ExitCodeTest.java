package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    private static final Path DOCUMENT = Path.of("docs/exit-codes.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\| code \\|.*\n(\\|.*\n)+");

    @Test
    void theDocumentHasTheSameTable() throws IOException {
        String document = Files.readString(DOCUMENT);
        String expected = TABLE.matcher(document).replaceFirst(table().replace("$", "\\$"));
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(document).isEqualTo(expected);
        }
    }

    @Test
    void noNumberHasTwoMeanings() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
    }

    @Test
    void theLauncherUsesTheSameNumber() throws IOException {
        assertThat(Path.of("../paramedic")).content().contains("\nCANNOT_START=" + ExitCode.CANNOT_START.code() + "\n");
        assertThat(Files.isExecutable(Path.of("../paramedic"))).isTrue();
    }

    @Test
    void whatCouldNotBeLookedAtOutweighsWhatWasFound() {
        assertThat(ExitCode.SICK.and(ExitCode.NOT_REACHED)).isEqualTo(ExitCode.NOT_REACHED);
        assertThat(ExitCode.NOT_READ.and(ExitCode.OK)).isEqualTo(ExitCode.NOT_READ);
        assertThat(ExitCode.OK.and(ExitCode.OK)).isEqualTo(ExitCode.OK);
    }

    private static String table() {
        return Arrays.stream(ExitCode.values())
                .map(row -> "| %d | `%s` | %s |\n".formatted(row.code(), row, row.meaning()))
                .collect(Collectors.joining("", "| code | name | meaning |\n|---:|---|---|\n", ""));
    }
}

package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        INVALID_IDENTIFIER | nosuch is an invalid domain identifier (rc=-6)
        NO_SUCH_DOMID      | Error: Domain '999' does not exist.
        NOT_ACKNOWLEDGED   | libxl: error: libxl_domain.c:854:pvcontrol_cb: guest didn't acknowledge control request: -9
        NO_PV_CONTROL      | PV control interface not available: external graceful shutdown not possible.
        NO_PV_CONTROL      | Use "-F" to fallback to ACPI power event.
        DESTROY_FAILED     | destroy failed (rc=-21)
        NO_CONTEXT         | cannot init xl context
        NOT_PERMITTED      | libxl: error: libxl.c:102:libxl_ctx_alloc: cannot open libxc handle: Permission denied
        CONSOLE_TIMED_OUT  | libxl: error: libxl_create.c:1976:console_xswait_callback: domain 16 console tty: timed out
        TRIGGER_FAILED     | Invalid trigger "x"
        HAS_BEEN_DESTROYED | Domain 7 has been destroyed
        MIGRATION_BROKEN   | ** Migration failed during final handshake **
        UNKNOWN            | something else
        """)
    void everyLineOfXlHasAKind(XlError.Kind kind, String line) {
        assertThat(XlError.parse(line + "\n")).extracting(XlError::kind).containsExactly(kind);
    }

    @Test
    void theSilentZombieSaysNothing() {
        assertThat(Corpus.text("lab/actions/destroy-zombie-id.rc").strip()).isEqualTo("0");
        assertThat(XlError.parse(Corpus.text("lab/actions/destroy-zombie-id.err")))
                .isEmpty();
    }

    @Test
    void anErrorBesideStatusZeroIsStillAnError() {
        assertThat(Corpus.text("lab/actions/trigger-reset-poll.rc").strip()).isEqualTo("0");
        assertThat(XlError.parse(Corpus.text("lab/actions/trigger-reset-poll.err")))
                .anyMatch(error -> error.kind().error());
    }

    @Test
    void progressIsNoError() {
        List<XlError> lines = XlError.parse(Corpus.text("lab/shutdown-long/shutdown-ignore-nowait.err"));
        assertThat(lines).isNotEmpty().noneMatch(line -> line.kind().error());
    }

    @Test
    void aLongLineIsNotLookedAt() {
        String line = "libxl: Domain with name \"".repeat(40_000);
        assertThat(XlError.parse(line)).extracting(XlError::kind).containsExactly(XlError.Kind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        VM_BAD_POWER_STATE | You attempted an operation on a VM that was not in an appropriate power state at the time; for
        HOST_IS_LIVE       | This operation cannot be completed because the server is still live.
        HOST_IS_SLAVE      | You cannot make regular API calls directly on a supporter.
        HOST_IS_SLAVE      | You cannot make regular API calls directly on a slave.
        VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT | VM didn't acknowledge the need to shutdown.
        NO_AGENT           | Failed to contact a running management agent.
        CONNECTION_REFUSED | Error: Connection refused (calling connect )
        HOST_NOT_FOUND     | Host 'xs9' not found.
        NO_MATCH           | No matching VMs found
        UNKNOWN            | Something else.
        """)
    void theProseOfXeHasACode(XeError.Kind kind, String prose) {
        assertThat(read(prose + "\n").kind()).isEqualTo(kind);
    }

    @Test
    void anUnknownCodeIsKept() {
        XeError error = read("Error code: SR_BACKEND_FAILURE_46\nError parameters: , The VDI is not available\n");
        assertThat(error.kind()).isEqualTo(XeError.Kind.OTHER_CODE);
        assertThat(error.code()).isEqualTo("SR_BACKEND_FAILURE_46");
        assertThat(error.parameters()).containsEntry("Error parameters", ", The VDI is not available");
    }

    @Test
    void parametersBelongToTheError() {
        XeError error = read(Corpus.text("derived-from-source/xe-error-other-operation.err"));
        assertThat(error.parameters())
                .containsEntry("operation_type", "hard_shutdown")
                .containsEntry("class", "VM");
    }

    @Test
    void nothingPrintedIsNoError() {
        assertThat(XeError.parse("\n  \n")).isNull();
    }

    private static XeError read(String stderr) {
        return Objects.requireNonNull(XeError.parse(stderr));
    }
}

package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.XapiVm;

/** The prose in which {@code xe} prints known errors, never their codes (toolstack facts §3.1). */
final class XeErrors {
    static final int FAILED = 1;

    private XeErrors() {}

    static int badPowerState(ToolCall call, XapiVm vm, String expected) {
        call.err(
                "You attempted an operation on a VM that was not in an appropriate power state at the time; for"
                    + " example, you attempted to start a VM that was already running. The parameters returned are the"
                    + " VM's handle, and the expected and actual VM state at the time of the call.\n"
                    + "vm: %s\n"
                    + "expected: %s\n"
                    + "actual: %s\n",
                named(vm), expected, vm.power().title());
        return FAILED;
    }

    static int otherOperation(ToolCall call, XapiVm vm) {
        var other = vm.operations().entrySet().iterator().next();
        call.err(
                "Another operation involving the object is currently in progress\n"
                        + "class: VM\n"
                        + "object: %s\n"
                        + "operation_type: %s\n"
                        + "operation_ref: OpaqueRef:%s\n",
                named(vm), other.getValue(), other.getKey());
        return FAILED;
    }

    static int blocked(ToolCall call, XapiVm vm, String code) {
        call.err(
                "You attempted an operation that was explicitly blocked (see the blocked_operations field of the given"
                        + " object).\nref: %s\ncode: %s\n",
                named(vm), code);
        return FAILED;
    }

    static int domainExists(ToolCall call, XapiVm vm) {
        call.err(
                "The operation could not be performed because a domain still exists for the specified VM.\n"
                        + "vm: %s\n"
                        + "domid: <unknown>\n",
                named(vm));
        return FAILED;
    }

    static int notAcknowledged(ToolCall call, XapiVm vm) {
        call.err("VM didn't acknowledge the need to shutdown.\nvm: %s\n", named(vm));
        return FAILED;
    }

    static int shutdownTimeout(ToolCall call, XapiVm vm, long seconds) {
        call.err("VM failed to shutdown before the timeout expired\nvm: %s\ntimeout: %d.\n", named(vm), seconds);
        return FAILED;
    }

    static int notAllowed(ToolCall call, String reason) {
        call.err("You attempted an operation that was not allowed.\nreason: %s\n", reason);
        return FAILED;
    }

    static int badUuid(ToolCall call, String type, String uuid) {
        call.err("The uuid you supplied was invalid.\ntype: %s\nuuid: %s\n", type, uuid);
        return FAILED;
    }

    static int unknownField(ToolCall call, String field) {
        call.err("Unknown field '%s'\n", field);
        return FAILED;
    }

    private static String named(XapiVm vm) {
        return vm.uuid() + " (" + vm.name() + ")";
    }
}

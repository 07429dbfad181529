package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.HostAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host to reach over SSH.
 *
 * @param alias the name as a person gives it; {@code ~/.ssh/config} may map it to another one
 * @param user who to log in as, where that is given; else the configuration says, else the options' default
 * @param port the port, where that is given; else the configuration says, else 22
 */
public record SshTarget(String alias, Optional<String> user, OptionalInt port, SshOptions options) {
    public static SshTarget of(HostAddress.Ssh address, SshOptions options) {
        return new SshTarget(address.host(), address.user(), address.port(), options);
    }

    /** The host as a person can type it again, with the user and the port that were given. */
    public String typed() {
        String host = alias.contains(":") ? "[" + alias + "]" : alias;
        return user.map(name -> name + "@").orElse("") + host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}

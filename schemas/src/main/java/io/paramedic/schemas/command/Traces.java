package io.paramedic.schemas.command;

import io.paramedic.schemas.identity.Incarnation;
import java.util.List;

/**
 * By what a guard recognises a VM that might still be there. Handles change and names get lost (toolstack facts §1.3, lab
 * facts 2 and 3), so each trace alone is enough to find it and all must be absent to say that it is gone.
 *
 * @param incarnations every domain in which the VM was seen
 * @param names under which it was seen
 * @param disks paths or identifiers of its disks, as its configuration names them
 */
public record Traces(List<Incarnation> incarnations, List<String> names, List<String> disks) {
    public Traces {
        incarnations = List.copyOf(incarnations);
        names = List.copyOf(names);
        disks = List.copyOf(disks);
    }
}

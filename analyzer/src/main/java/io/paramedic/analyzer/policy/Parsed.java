package io.paramedic.analyzer.policy;

import io.paramedic.schemas.yaml.Problem;
import java.util.List;

/** What became of a policy document. */
public sealed interface Parsed {
    /** The document is sound; keys that it does not have hold their defaults. */
    record Ok(Policy policy) implements Parsed {}

    /** Nothing of the document holds. Problems stand in the order of the document, and there is at least one. */
    record Refused(List<Problem> problems) implements Parsed {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}

package io.paramedic.schemas.diagnosis;

import java.util.List;

/**
 * A verdict with all that a person needs to check it.
 *
 * @param verdict the word
 * @param evidence what was seen, a sentence each, values quoted as the tools printed them
 * @param advice what to do, most harmless first; empty where nothing is to be done
 * @param harmful what must not be done here although it looks right; empty where there is no such trap
 * @param source sections of the facts that the verdict rests on, for example {@code toolstack facts §8 row 15}
 */
public record Finding(
        Verdict verdict, List<String> evidence, List<String> advice, List<String> harmful, String source) {
    public Finding {
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
        harmful = List.copyOf(harmful);
    }
}

package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a finding together sentence by sentence. */
final class FindingBuilder {
    private final Verdict verdict;
    private final List<String> evidence = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();
    private final List<String> harmful = new ArrayList<>();

    private FindingBuilder(Verdict verdict) {
        this.verdict = verdict;
    }

    static FindingBuilder of(Verdict verdict) {
        return new FindingBuilder(verdict);
    }

    FindingBuilder evidence(String... sentences) {
        evidence.addAll(List.of(sentences));
        return this;
    }

    FindingBuilder evidence(List<String> sentences) {
        evidence.addAll(sentences);
        return this;
    }

    FindingBuilder advice(String... sentences) {
        advice.addAll(List.of(sentences));
        return this;
    }

    FindingBuilder harmful(String... sentences) {
        harmful.addAll(List.of(sentences));
        return this;
    }

    /** Ends the finding; {@code source} names the sections of the facts that it rests on. */
    Finding source(String source) {
        return new Finding(verdict, evidence, advice, harmful, source);
    }

    Optional<Finding> because(String source) {
        return Optional.of(source(source));
    }
}

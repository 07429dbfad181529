package io.paramedic.analyzer.policy;

import io.paramedic.schemas.yaml.Problem;
import io.paramedic.schemas.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A policy as people write it, in YAML. */
public final class PolicyDocument {
    private PolicyDocument() {}

    /**
     * Reads a document strictly: an unknown key, a value outside its range or a construct that hides what is said refuses
     * the whole document, with all that is wrong with it. Never throws, whatever the text is.
     */
    public static Parsed parse(String yaml) {
        List<Problem> problems = new ArrayList<>();
        PolicyReader reader = new PolicyReader(problems);
        PolicyValues values =
                YamlReader.read(yaml, "a policy", problems).map(reader::read).orElseGet(PolicyValues::new);
        if (problems.isEmpty()) {
            return new Parsed.Ok(PolicyKeys.policy(values));
        }
        problems.sort(Comparator.comparingInt(Problem::line));
        return new Parsed.Refused(problems);
    }

    /**
     * The document with every key and what it means. It parses back to the same policy; a rung without a rule comes back as
     * one that is not enabled.
     *
     * @throws IllegalArgumentException where the policy is none that a document could say
     */
    public static String write(Policy policy) {
        String document = PolicyWriter.write(policy);
        return switch (parse(document)) {
            case Parsed.Ok _ -> document;
            case Parsed.Refused refused ->
                throw new IllegalArgumentException("this policy breaks a rule: "
                        + refused.problems().getFirst().text());
        };
    }

    /** Whether a time of the policy is too short for real hosts, so that it holds only where {@code unsafe_times} is set. */
    public static boolean hasUnsafeTimes(Policy policy) {
        return PolicyKeys.hasUnsafeTimes(policy);
    }
}

package io.paramedic.schemas.topics.admin;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in a sentence what Kafka's exception means for the person who has to do something about it. */
final class Failures {
    private Failures() {}

    static String sentence(String servers, String what, Duration limit, Throwable failure) {
        String kafka = "Kafka at " + servers;
        String why = withCauses(failure);
        if (failure instanceof TimeoutException) {
            return "%s did not answer within %d s (to %s): %s. Check that it runs, that address and port are right and that a plain or a TLS port is meant."
                    .formatted(kafka, limit.toSeconds(), what, why);
        }
        if (failure instanceof AuthenticationException) {
            return "%s refused our identity (to %s): %s. Check the TLS and SASL settings.".formatted(kafka, what, why);
        }
        if (failure instanceof AuthorizationException) {
            return "%s does not allow us to %s: %s. Grant this user Create, Describe, DescribeConfigs, Read and Write on topics paramedic.*, or create the topics for it."
                    .formatted(kafka, what, why);
        }
        if (failure instanceof UnsupportedVersionException) {
            return "%s is too old to %s: %s. Paramedic needs Kafka 4.0 or newer.".formatted(kafka, what, why);
        }
        if (failure instanceof ConfigException || failure.getCause() instanceof ConfigException) {
            return "The settings for %s cannot be used: %s.".formatted(kafka, why);
        }
        return "%s could not be used to %s: %s.".formatted(kafka, what, why);
    }

    /** The messages down the chain: Kafka's outermost is often only "Failed to create new KafkaAdminClient". */
    private static String withCauses(Throwable failure) {
        StringBuilder text = new StringBuilder(message(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (text.indexOf(message(cause)) < 0) {
                text.append(": ").append(message(cause));
            }
        }
        return text.toString().replaceAll("\\.+$", "");
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}

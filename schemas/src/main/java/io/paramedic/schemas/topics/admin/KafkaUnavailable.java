package io.paramedic.schemas.topics.admin;

/**
 * A Kafka that could not be used: it does not answer, or it does not let us do what we must. The message is for a person
 * and names the servers, the cause and the next step.
 */
public final class KafkaUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    KafkaUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package io.paramedic.schemas.topics;

/**
 * One way in which a topic differs from the catalogue.
 *
 * @param topic its name in Kafka
 * @param subject the setting, or {@code partitions} or {@code replicas}
 * @param sentence what is wrong and why it matters, for a person
 * @param correction the command that corrects it, ready to paste; empty where no command can
 * @param gravity what follows until it is corrected
 */
public record Problem(String topic, String subject, String sentence, String correction, Gravity gravity) {
    /** The sentence, and the command on a line of its own. */
    public String text() {
        return correction.isEmpty() ? sentence : sentence + System.lineSeparator() + "  " + correction;
    }
}

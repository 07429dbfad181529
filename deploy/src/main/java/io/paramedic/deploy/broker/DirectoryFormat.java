package io.paramedic.deploy.broker;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * How a data directory was laid out, written once beside the data. With it a directory of a newer release is refused in
 * a sentence; Kafka itself would start, meet records that it does not know, and hang.
 *
 * @param layout our own number: 1 is {@code kafka/} beside the mark
 * @param metadataLevel the number of Kafka's {@code metadata.version}
 * @param metadataVersion the same in Kafka's words
 * @param kafka the Kafka release that laid it out
 */
record DirectoryFormat(int layout, int metadataLevel, String metadataVersion, String kafka) {
    private static final int LAYOUT = 1;

    /** The format that this release lays out. */
    static DirectoryFormat current() {
        MetadataVersion version = MetadataVersion.LATEST_PRODUCTION;
        return new DirectoryFormat(LAYOUT, version.featureLevel(), version.version(), AppInfoParser.getVersion());
    }

    /**
     * Reads the mark.
     *
     * @throws NumberFormatException when it is damaged
     */
    static DirectoryFormat from(Properties mark) {
        return new DirectoryFormat(
                Integer.parseInt(mark.getProperty("layout", "")),
                Integer.parseInt(mark.getProperty("metadata.level", "")),
                mark.getProperty("metadata.version", "unknown"),
                mark.getProperty("kafka", "unknown"));
    }

    Properties mark() {
        Properties mark = new Properties();
        mark.setProperty("layout", Integer.toString(layout));
        mark.setProperty("metadata.level", Integer.toString(metadataLevel));
        mark.setProperty("metadata.version", metadataVersion);
        mark.setProperty("kafka", kafka);
        return mark;
    }

    /** Refuses a directory that this release cannot read. */
    void requireReadable(String directory) throws BrokerCannotStart {
        DirectoryFormat mine = current();
        if (layout > mine.layout || metadataLevel > mine.metadataLevel) {
            throw new BrokerCannotStart(
                    Reason.DIRECTORY_NEWER,
                    ("The broker's data in %s was laid out by a newer release (Kafka %s, metadata %s, layout %d); this"
                        + " one reads up to Kafka %s, metadata %s, layout %d. Start that newer release, or give"
                        + " another directory.")
                            .formatted(
                                    directory,
                                    kafka,
                                    metadataVersion,
                                    layout,
                                    mine.kafka,
                                    mine.metadataVersion,
                                    mine.layout));
        }
    }
}

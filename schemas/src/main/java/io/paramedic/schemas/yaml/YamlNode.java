package io.paramedic.schemas.yaml;

import java.util.List;

/** A document as it was written, with the line of each part. */
public sealed interface YamlNode {
    /** From 1. */
    int line();

    /** What it is, for a sentence. */
    String kind();

    /**
     * @param form how YAML understands it
     * @param text as it was written, without quotes
     */
    record Scalar(int line, Form form, String text) implements YamlNode {
        public enum Form {
            TEXT,
            WHOLE,
            FRACTION,
            FLAG,
            NOTHING
        }

        /** Also an empty text, which is what a key without a value reads as. */
        public boolean isNothing() {
            return form == Form.NOTHING || text.isEmpty();
        }

        @Override
        public String kind() {
            return switch (form) {
                case TEXT -> "a text";
                case WHOLE, FRACTION -> "a number";
                case FLAG -> "a yes or no";
                case NOTHING -> "nothing";
            };
        }
    }

    /** @param entries in the order of the document, each key once */
    record Section(int line, List<Entry> entries) implements YamlNode {
        public Section {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a section";
        }
    }

    record Entry(int line, String key, YamlNode value) {}

    record Items(int line, List<YamlNode> items) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Something that has been reported and is not looked at any further. */
    record Reported(int line) implements YamlNode {
        @Override
        public String kind() {
            return "something that is not read";
        }
    }
}

package io.paramedic.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the wire, on messages made for them. */
class CodecTest {
    sealed interface Weather {}

    record ClearSky(Duration sinceRain, @Nullable Instant until) implements Weather {}

    record Rain(int drops, Kind kind, Map<String, String> where) implements Weather {}

    record Album(List<Note> notes) implements Weather {}

    enum Kind {
        DRIZZLE,
        CATS_AND_DOGS
    }

    record Note(String text) {}

    record Tag(UUID id) {}

    record Names(String name, Map<String, String> where) {}

    record Versioned(int v) {}

    record Reading(double value, long count) {
        Reading {
            if (count < 0) {
                throw new IllegalArgumentException("nobody counts " + count);
            }
        }
    }

    private static final Codec<Weather> CODEC = Codec.ofMessage(Weather.class);
    private static final Codec<Note> NOTE = Codec.ofMessage(Note.class);
    private static final Codec<Names> NAMES = Codec.ofDocument(Names.class);
    private static final Set<Byte> NO_INK =
            Set.of(Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR);
    private static final Codec<Reading> READING = Codec.ofDocument(Reading.class);

    @Test
    void aMessageBeginsWithVersionAndTypeAndKeepsTheOrderOfItsRecord() {
        assertThat(text(CODEC.encode(new Rain(3, Kind.CATS_AND_DOGS, Map.of("z", "1", "a", "2")))))
                .isEqualTo("""
                    {"v":1,"is":"rain","drops":3,"kind":"cats-and-dogs","where":{"a":"2","z":"1"}}\
                    """);
    }

    @Test
    void aRecordThatIsNoCaseOfASealedTypeIsAMessageTooAndADocumentIsBare() {
        assertThat(text(NOTE.encode(new Note("x")))).isEqualTo("{\"v\":1,\"is\":\"note\",\"text\":\"x\"}");
        assertThat(text(READING.encode(new Reading(0.5, 2)))).isEqualTo("{\"value\":0.5,\"count\":2}");
    }

    @Test
    void aMessageCannotHaveAVersionOfItsOwnButADocumentCan() {
        assertThatThrownBy(() -> Codec.ofMessage(Versioned.class)).hasMessageContaining("is the version on the wire");
        assertThat(text(Codec.ofDocument(Versioned.class).encode(new Versioned(3))))
                .isEqualTo("{\"v\":3}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000000, 1", "1, 0.000001", "1234567, 1.234567", "-1500000, -1.5", "86400000000000, 86400000"})
    void aDurationIsANumberOfMillisecondsThatLosesNothing(long nanos, String millis) {
        Weather clear = new ClearSky(Duration.ofNanos(nanos), null);
        byte[] bytes = CODEC.encode(clear);
        assertThat(text(bytes)).isEqualTo("{\"v\":1,\"is\":\"clear-sky\",\"since_rain_ms\":" + millis + "}");
        assertThat(CODEC.decode(bytes)).isEqualTo(new Decoded.Ok<>(clear));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "0.0000001", "1e16", "1e2147483647"})
    void aDurationBeyondReasonIsRefusedAtOnce(String millis) {
        assertThat(refusal("{\"v\":1,\"is\":\"clear-sky\",\"since_rain_ms\":" + millis + "}"))
                .contains("since_rain_ms", "duration");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"is\":\"rain\"}                             | v: is missing",
                "{\"v\":2,\"is\":\"rain\"}                     | v: was written by a newer release: 2, this one reads"
                        + " up to 1",
                "{\"v\":0,\"is\":\"rain\"}                     | v: versions begin with 1, not 0",
                "{\"v\":\"1\",\"is\":\"rain\"}                 | v: a whole number is expected, not text",
                "{\"v\":1}                                     | is: is missing",
                "{\"v\":1,\"is\":\"snow\"}                     | is: this release knows no type \"snow\" here",
                "{\"v\":1,\"is\":null}                         | is: is null",
                "{\"v\":1,\"is\":\"rain\"}                     | drops: is missing",
                "{\"v\":1,\"is\":\"rain\",\"drops\":null}      | drops: is null",
                "{\"v\":1,\"is\":\"rain\",\"drops\":\"3\"}     | drops: a whole number is expected, not text",
                "{\"v\":1,\"is\":\"rain\",\"drops\":3.0}       | drops: a whole number is expected, not a number with"
                        + " decimals",
                "{\"v\":1,\"is\":\"rain\",\"drops\":4294967296} | drops: the number is out of range",
                "{\"v\":1,\"is\":\"rain\",\"drops\":3,\"kind\":\"hail\"} | kind: this release knows no \"hail\" here",
                "{\"v\":1,\"is\":\"rain\",\"drops\":3,\"kind\":1} | kind: text is expected, not a whole number",
                "{\"v\":1,\"is\":\"rain\",\"drops\":3,\"kind\":\"drizzle\",\"where\":{\"a\":1}} | where.a: text is"
                        + " expected, not a whole number",
                "{\"v\":1,\"is\":\"album\",\"notes\":[{\"text\":\"a\"},{\"text\":null}]} | notes[1].text: is null",
                "[]                                            | an object is expected, not a list",
            })
    void aRefusalNamesTheFieldAndTheReason(String message, String reason) {
        assertThat(refusal(message)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "{\"v\":1,\"is\":\"note\",\"text\":\"x\"} {}",
                "{\"v\":1,\"is\":\"note\",\"text\":\"x\"}]",
                "{\"v\":1,\"is\":\"note\",\"text\":\"x\",\"text\":\"y\"}",
                "{\"v\":1,\"v\":1,\"is\":\"note\",\"text\":\"x\"}",
                "{'v':1,'is':'note','text':'x'}",
                "{\"v\":1,\"is\":\"note\",\"text\":\"x\",}",
                "{\"v\":1,\"is\":\"note\",\"text\":\"line\nbreak\"}",
                "\ufeff{\"v\":1,\"is\":\"note\",\"text\":\"x\"}",
            })
    void whatIsNotExactlyOneJsonObjectIsRefused(String message) {
        assertThat(NOTE.decode(message.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Decoded.Undecodable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"})
    void otherEncodingsThanUtf8AreRefused(String charset) {
        byte[] bytes = "{\"v\":1,\"is\":\"note\",\"text\":\"\u00e4\"}".getBytes(Charset.forName(charset));
        assertThat(NOTE.decode(bytes)).isInstanceOf(Decoded.Undecodable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20",
                "2026-11-20T14:05:00",
                "2026-11-20T14:05:00+01:00",
                "2026-02-30T14:05:00Z",
                "2026-11-20T25:05:00Z",
                "+12026-11-20T14:05:00Z",
                "yesterday",
            })
    void aTimeThatIsNotPlainUtcIsRefused(String time) {
        String message = "{\"v\":1,\"is\":\"clear-sky\",\"since_rain_ms\":1,\"until\":\"" + time + "\"}";
        assertThat(refusal(message)).startsWith("until: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "8A6E0804-2BD0-4672-B79D-D97027F9000C", "8a6e08042bd04672b79dd97027f9000c", "x"
            })
    void aUuidHasOneForm(String uuid) {
        byte[] bytes = ("{\"id\":\"" + uuid + "\"}").getBytes(StandardCharsets.UTF_8);
        Codec<Tag> tags = Codec.ofDocument(Tag.class);
        assertThat(tags.decode(bytes))
                .isInstanceOfSatisfying(
                        Decoded.Undecodable.class,
                        refused -> assertThat(refused.reason()).isEqualTo("id: a lower-case uuid is expected"));
    }

    @Test
    void whatTheRecordItselfRefusesIsRefusedWithItsOwnWords() {
        Decoded<Reading> decoded = READING.decode("{\"value\":1,\"count\":-1}".getBytes(StandardCharsets.UTF_8));
        assertThat(((Decoded.Undecodable<Reading>) decoded).reason()).isEqualTo("nobody counts -1");
    }

    @Test
    void numbersThatAreNoneAreNeverWrittenAndNeverRead() {
        assertThatThrownBy(() -> READING.encode(new Reading(Double.NaN, 1))).hasMessage("JSON has no number NaN");
        for (String value : List.of("NaN", "\"NaN\"", "1e999")) {
            byte[] bytes = ("{\"value\":" + value + ",\"count\":1}").getBytes(StandardCharsets.UTF_8);
            assertThat(READING.decode(bytes)).isInstanceOf(Decoded.Undecodable.class);
        }
    }

    @Test
    void textThatWasCutWithinACharacterIsMendedAndWritten() {
        byte[] bytes = NOTE.encode(new Note("bug \ud83d"));
        assertThat(NOTE.decode(bytes)).isEqualTo(new Decoded.Ok<>(new Note("bug \ufffd")));
    }

    @Test
    void aFieldThatIsNotKnownIsIgnoredWhereverItStands() {
        Weather album = new Album(List.of(new Note("x")));
        String said = text(CODEC.encode(album));
        for (String object : List.of("\"is\":\"album\"", "\"text\":\"x\"")) {
            String more = said.replace(object, object + ",\"mood\":{\"is\":\"new\",\"list\":[1,null]}");
            assertThat(more).isNotEqualTo(said);
            assertThat(CODEC.decode(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(new Decoded.Ok<>(album));
        }
    }

    /** C1 controls steer terminals as ESC does; direction marks, zero widths, tags and separators deceive readers. */
    @ParameterizedTest
    @CsvSource({
        "007F, \\u007F",
        "009B, \\u009B",
        "00AD, \\u00AD",
        "200B, \\u200B",
        "2028, \\u2028",
        "2029, \\u2029",
        "202E, \\u202E",
        "2066, \\u2066",
        "FEFF, \\uFEFF",
        "E0041, \\uDB40\\uDC41"
    })
    void aCharacterThatIsNoInkIsWrittenAsAnEscapeAndReadAsItself(String point, String escape) {
        String name = "web-\u00e4" + Character.toString(HexFormat.fromHexDigits(point)) + "\ud83d\udc1e-1";
        Map<String, String> where = Map.of(name, name);
        String written = "web-\u00e4" + escape + "\ud83d\udc1e-1";

        byte[] document = NAMES.encode(new Names(name, where));
        byte[] message = NOTE.encode(new Note(name));

        assertThat(text(document)).isEqualTo("{\"name\":\"%1$s\",\"where\":{\"%1$s\":\"%1$s\"}}".formatted(written));
        assertThat(NAMES.decode(document)).isEqualTo(new Decoded.Ok<>(new Names(name, where)));
        assertThat(text(message)).isEqualTo("{\"v\":1,\"is\":\"note\",\"text\":\"%s\"}".formatted(written));
        assertThat(NOTE.decode(message)).isEqualTo(new Decoded.Ok<>(new Note(name)));
    }

    @Test
    void noCharacterThatIsNoInkIsEverWrittenRawAndAllAreReadAgain() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.getType(point) != Character.SURROGATE && Character.getType(point) != Character.UNASSIGNED) {
                all.appendCodePoint(point);
            }
        }
        Names names = new Names(all.toString(), Map.of());

        byte[] bytes = NAMES.encode(names);

        assertThat(text(bytes).codePoints())
                .allMatch(point -> !NO_INK.contains((byte) Character.getType(point)) && !Character.isISOControl(point));
        assertThat(NAMES.decode(bytes).equals(new Decoded.Ok<>(names))).isTrue();
    }

    @Test
    void aMessageThatTheBrokerWouldNotTakeIsNotWrittenAndNotRead() {
        assertThatThrownBy(() -> NOTE.encode(new Note("x".repeat(Codec.MAX_BYTES))))
                .hasMessage("a Note of 1,000,029 bytes is longer than 1,000,000");
        assertThat(NOTE.decode(new byte[Codec.MAX_BYTES + 1]))
                .isEqualTo(
                        new Decoded.Undecodable<>("1,000,001 bytes are longer than 1,000,000", "\u00b7".repeat(200)));
        Note longest = new Note("x".repeat(Codec.MAX_BYTES - 29));
        assertThat(NOTE.decode(NOTE.encode(longest))).isEqualTo(new Decoded.Ok<>(longest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999999999999", "-1e-99999999999999999999", "1", "[1e99999999999999999999]"})
    void numbersWithoutMeasureDoNoHarmAnywhere(String number) {
        for (String field : List.of("value", "count", "unknown")) {
            byte[] bytes = ("{\"" + field + "\":" + number + "}").getBytes(StandardCharsets.UTF_8);
            assertThat(READING.decode(bytes)).isInstanceOf(Decoded.Undecodable.class);
        }
        String message = "{\"v\":" + number + ",\"is\":\"clear-sky\",\"since_rain_ms\":" + number + ",\"unknown\":"
                + number + "}";
        assertThat(CODEC.decode(message.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    @Test
    void aDeepNestIsRefusedBeforeItFillsTheStack() {
        String deep = "{\"v\":1,\"is\":\"note\",\"text\":" + "[".repeat(100_000);
        assertThat(NOTE.decode(deep.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Decoded.Undecodable.class);
    }

    @Test
    void aQuoteIsShortAndPrintable() {
        Decoded<Note> decoded = NOTE.decode(("\u001b[2J\n" + "x".repeat(1000)).getBytes(StandardCharsets.UTF_8));
        assertThat(((Decoded.Undecodable<Note>) decoded).quote())
                .startsWith("\u00b7[2J\u00b7xxx")
                .hasSize(200);
    }

    private static String refusal(String message) {
        Decoded<Weather> decoded = CODEC.decode(message.getBytes(StandardCharsets.UTF_8));
        return ((Decoded.Undecodable<Weather>) decoded).reason();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

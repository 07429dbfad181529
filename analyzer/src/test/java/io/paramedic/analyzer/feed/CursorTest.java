package io.paramedic.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.feed.Wish.Start;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of an event says exactly where its reader stands, and nothing else passes for one. */
class CursorTest {
    private static final String TAG = "0123456789ab";

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 999_999_999_999L) Long> next) {
        Cursor cursor = Cursor.of(TAG, next.stream().mapToLong(Long::longValue).toArray());
        assertThat(Cursor.parse(cursor.text())).hasValue(cursor);
    }

    @Property
    void anythingElseIsNone(@ForAll String text) {
        Cursor.parse(text).ifPresent(cursor -> assertThat(cursor.text()).hasSameSizeAs(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0:1",
                "0123456789ab",
                "0123456789ab-",
                "0123456789ab-0:1,",
                "0123456789ab-0:-1",
                "0123456789ab-0:1,0:2",
                "0123456789ab-0:9999999999999999999",
                "0123456789AB-0:1",
                "0123456789ab-0:1\n",
                "0123456789ab-٠:1"
            })
    void nonsenseIsNone(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void whoeverFollowsOnePoolNeedsItsPartitionAlone() {
        String id = new Cursor(TAG, new TreeMap<>(Map.of(2, 7L))).text();
        assertThat(Wish.start(id, 2, 4, TAG))
                .isInstanceOfSatisfying(
                        Start.After.class, after -> assertThat(after.at()[2]).isEqualTo(7));
        assertThat(Wish.start(id, null, 4, TAG)).isInstanceOf(Start.Lost.class);
        assertThat(Wish.start(id, 1, 4, TAG)).isInstanceOf(Start.Lost.class);
    }

    @Test
    void anIdOfAnotherJournalIsLost() {
        String id = Cursor.of(TAG, new long[] {1}).text();
        assertThat(Wish.start(id, null, 1, "ffffffffffff")).isEqualTo(new Start.Lost("the id is of another log"));
        assertThat(JournalTopic.tag("cluster", "topic")).isNotEqualTo(JournalTopic.tag("cluster", "recreated"));
    }

    @Test
    void withoutAnIdItBeginsNow() {
        assertThat(Wish.start(null, null, 1, TAG)).isInstanceOf(Start.Now.class);
        assertThat(Wish.start(" ", null, 1, TAG)).isInstanceOf(Start.Now.class);
        assertThat(Wish.start("beginning", null, 1, TAG)).isInstanceOf(Start.Beginning.class);
    }
}

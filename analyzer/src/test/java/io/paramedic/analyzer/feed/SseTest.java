package io.paramedic.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a message holds cannot become a field of the event that carries it. */
class SseTest {
    @Test
    void oneLineIsOneDatum() {
        assertThat(Sse.event("decision", "{\"a\":1}")).hasToString("event: decision\ndata: {\"a\":1}\n\n");
    }

    @Test
    void lineEndsOfAnotherWriterDoNotEndTheEvent() {
        assertThat(Sse.event("decision", "{\n\"a\":1,\r\n\n\"id: 7\":2}"))
                .hasToString("event: decision\ndata: {\ndata: \"a\":1,\ndata: \"id: 7\":2}\n\n");
    }

    @Test
    void nothingIsStillAnEvent() {
        assertThat(Sse.event("reset", "")).hasToString("event: reset\ndata: \n\n");
    }
}

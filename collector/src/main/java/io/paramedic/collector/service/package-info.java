/**
 * Decides which hosts this process watches, as Kafka assigns them, when it looks at each, and that nothing of what it saw is
 * lost in silence: what could not be written ends a stream and begins another. Threads, the network and Kafka are here; what
 * is worth telling is decided in {@code watch}.
 */
@NullMarked
package io.paramedic.collector.service;

import org.jspecify.annotations.NullMarked;

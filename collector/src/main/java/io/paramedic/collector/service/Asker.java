package io.paramedic.collector.service;

import io.paramedic.collector.probing.Attempt;
import io.paramedic.collector.probing.Question;
import java.time.Duration;

/** Asks a guest once. Never throws for what the network does. */
@FunctionalInterface
interface Asker {
    /** @param limit after which no answer counts as none */
    Attempt ask(Question question, Duration limit) throws InterruptedException;
}

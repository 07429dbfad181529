package io.paramedic.actuator.service;

import java.util.concurrent.atomic.LongAdder;

/** What an actuator counts. */
final class Counters {
    final LongAdder commands = new LongAdder();
    final LongAdder acts = new LongAdder();
    final LongAdder done = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder otherwise = new LongAdder();
    final LongAdder settled = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder quarantined = new LongAdder();
    final LongAdder holdsTold = new LongAdder();
}

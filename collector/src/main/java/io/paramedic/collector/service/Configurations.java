package io.paramedic.collector.service;

import io.paramedic.collector.configuration.ConfigurationFinder;
import io.paramedic.collector.configuration.ConfigurationFinder.Found;
import io.paramedic.collector.configuration.ConfigurationFinder.Wanted;
import io.paramedic.collector.dialect.ProcessRow;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Looks for the files of xl where a domain is new, and else rarely. */
final class Configurations {
    private final ConfigurationFinder finder;
    private final Duration every;
    private Found found = Found.NOTHING;
    private Set<Wanted> wanted = Set.of();
    private long last;

    Configurations(ConfigurationFinder finder, Duration every) {
        this.finder = finder;
        this.every = every;
    }

    Found of(List<Wanted> domains, List<ProcessRow> makers) throws InterruptedException {
        Set<Wanted> now = Set.copyOf(domains);
        boolean isNew = !wanted.containsAll(now);
        if (isNew || !now.isEmpty() && System.nanoTime() - last >= every.toNanos()) {
            found = finder.find(domains, makers);
            last = System.nanoTime();
        }
        wanted = now;
        return now.isEmpty() ? Found.NOTHING : found;
    }
}

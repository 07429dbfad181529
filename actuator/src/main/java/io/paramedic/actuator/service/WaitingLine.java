package io.paramedic.actuator.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands of one partition that are not finished, in the order of the log. What touches the same host, or overlaps in
 * scope, is carried out in that order; everything else beside it. Not thread-safe.
 */
final class WaitingLine {
    private final List<Order> orders = new ArrayList<>();
    private final Set<Order> running = new HashSet<>();

    void add(Order order) {
        orders.add(order);
    }

    /** Takes those that may begin now. */
    List<Order> begin(int mostAtOnce) {
        List<Order> begun = new ArrayList<>();
        for (int i = 0; i < orders.size() && running.size() < mostAtOnce; i++) {
            Order order = orders.get(i);
            if (!running.contains(order) && orders.subList(0, i).stream().noneMatch(order::waitsFor)) {
                running.add(order);
                begun.add(order);
            }
        }
        return begun;
    }

    void ended(Order order) {
        running.remove(order);
        orders.remove(order);
    }

    /** Forgets all that have not begun. */
    void dropWaiting() {
        orders.retainAll(running);
    }

    int running() {
        return running.size();
    }

    int waiting() {
        return orders.size() - running.size();
    }
}

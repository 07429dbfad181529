package io.paramedic.deploy.ring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Holds the steps on some hosts at some points of this process, each once, until all are released or the process ends. */
final class Parks {
    /** What interceptors of Kafka's clients hold at; Kafka makes them by name, so that they can be given nothing. */
    static final Parks OF_THIS_PROCESS = new Parks();

    private final Map<String, Point> places = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);

    private Parks() {}

    void hold(String host, Point at) {
        places.put(host, at);
    }

    /** Says on standard output that the point was reached, and stays there; does nothing at points that nobody asked for. */
    void pass(String host, Point point) throws InterruptedException {
        if (places.remove(host, point)) {
            System.out.println(RingProcess.AT + " " + point + " " + host);
            released.await();
        }
    }

    void release() {
        released.countDown();
    }
}

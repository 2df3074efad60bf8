package dev.ssofilter.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * What a test does to one kind of answer: to every one, and besides to the next; the second {@code next} waits for
 * the next but one.
 */
final class Bend<T> {
    private final List<UnaryOperator<T>> always = new CopyOnWriteArrayList<>();
    private final Queue<UnaryOperator<T>> next = new ConcurrentLinkedQueue<>();

    void add(boolean onlyOnce, UnaryOperator<T> change) {
        (onlyOnce ? next : always).add(change);
    }

    T apply(T straight) {
        T bent = straight;
        for (UnaryOperator<T> change : always) {
            bent = change.apply(bent);
        }
        T sofar = bent;
        return Optional.ofNullable(next.poll())
                .map(change -> change.apply(sofar))
                .orElse(sofar);
    }

    void undo() {
        always.clear();
        next.clear();
    }
}

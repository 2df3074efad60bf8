package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {
    private static final int LIMIT = 10_000;

    private final BoundedBody body = new BoundedBody(LIMIT);
    private final CountingSubscription subscription = new CountingSubscription();

    private static final class CountingSubscription implements Subscription {
        private long requested;
        private boolean cancelled;

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @ValueSource(ints = {1, 2, 3, 999, 4096, LIMIT})
    void isTheSameInWhateverPiecesItComes(int piece) {
        var bytes = new byte[LIMIT];
        new Random(piece).nextBytes(bytes);
        body.onSubscribe(subscription);

        for (var at = 0; at < bytes.length; at += piece) {
            var length = Math.min(piece, bytes.length - at);
            body.onNext(List.of(ByteBuffer.allocate(0), ByteBuffer.wrap(bytes, at, length)));
        }
        body.onComplete();

        assertArrayEquals(bytes, body.getBody().toCompletableFuture().join());
        assertEquals(Long.MAX_VALUE, subscription.requested);
        assertFalse(subscription.cancelled);
    }

    @Test
    void isItsOwnWhateverBecomesOfTheBuffers() {
        var buffer = new byte[] {1, 2, 3};
        body.onSubscribe(subscription);

        body.onNext(List.of(ByteBuffer.wrap(buffer)));
        buffer[0] = 9;
        body.onComplete();

        assertArrayEquals(
                new byte[] {1, 2, 3}, body.getBody().toCompletableFuture().join());
    }

    @Test
    void mayBeEmpty() {
        body.onSubscribe(subscription);
        body.onComplete();

        assertEquals(0, body.getBody().toCompletableFuture().join().length);
    }

    @Test
    void endsWithTheFirstByteTooMany() {
        body.onSubscribe(subscription);
        var pieces = new ArrayList<ByteBuffer>();
        IntStream.rangeClosed(0, LIMIT).forEach(i -> pieces.add(ByteBuffer.allocate(1)));

        body.onNext(pieces);
        body.onComplete();

        assertTrue(subscription.cancelled);
        var failure = assertThrows(
                CompletionException.class,
                () -> body.getBody().toCompletableFuture().join());
        assertTrue(failure.getCause() instanceof BoundedBody.TooLongException);
    }
}

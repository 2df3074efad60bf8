package dev.ssofilter.oidc;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Takes a body of at most so many bytes; the first byte too many ends the exchange and closes its connection, whatever
 * {@code Content-Length} said. No more than twice the limit is ever held in memory.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final int limit;
    /** As long as what came first, which is everything nearly always; longer than {@code size} afterwards. */
    private byte[] all = {};

    private int size;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Optional<Subscription> subscription = Optional.empty();

    /** @param limit in bytes */
    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription offered) {
        // Reactive Streams §2.5: a second subscription is cancelled. §1.3: these calls never overlap.
        if (subscription.isPresent()) {
            offered.cancel();
            return;
        }
        subscription = Optional.of(offered);
        offered.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            take(buffer);
        }
    }

    private void take(ByteBuffer buffer) {
        if (buffer.remaining() > limit - size) {
            subscription.ifPresent(Subscription::cancel);
            body.completeExceptionally(new TooLongException(limit));
            return;
        }
        // Copied, although the buffers are ours to keep: a few bytes in one would hold all the memory behind it.
        var after = size + buffer.remaining();
        if (after > all.length) {
            all = Arrays.copyOf(all, size == 0 ? after : Math.max(after, 2 * all.length));
        }
        buffer.get(all, size, buffer.remaining());
        size = after;
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(size == all.length ? all : Arrays.copyOf(all, size));
    }

    /** The body is longer than what an honest provider sends. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int limit) {
            super("the body is longer than " + limit + " bytes");
        }
    }
}

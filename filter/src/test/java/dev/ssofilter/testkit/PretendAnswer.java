package dev.ssofilter.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * An answer to give instead of the usual one, with {@link PretendUserPool#next(String, PretendAnswer)}: a fault of
 * the provider or of the network between.
 */
public final class PretendAnswer {
    private final Sending sending;

    private PretendAnswer(Sending sending) {
        this.sending = sending;
    }

    interface Sending {
        void send(Delivery delivery) throws IOException;
    }

    /** This status, Content-Type and body. */
    public static PretendAnswer of(int status, String contentType, String body) {
        return new PretendAnswer(delivery -> delivery.send(Reply.of(status, contentType, body)));
    }

    /** A redirect to another address, which nobody should follow. */
    public static PretendAnswer redirect(String location) {
        return new PretendAnswer(delivery -> delivery.send(Reply.redirect(location)));
    }

    /** 400 with this error, as from the token endpoint: {@code invalid_grant}. */
    public static PretendAnswer error(String error) {
        return new PretendAnswer(delivery -> delivery.send(Reply.error(error)));
    }

    /** 429 with Retry-After in whole seconds. */
    public static PretendAnswer throttled(Duration retryAfter) {
        Reply reply = Reply.of(429, Reply.JSON, "{\"message\":\"Too many requests\"}");
        return new PretendAnswer(
                delivery -> delivery.send(reply.with("Retry-After", Long.toString(retryAfter.toSeconds()))));
    }

    /** The usual answer under another Content-Type. */
    public static PretendAnswer typed(String contentType) {
        return usual(reply -> reply.withType(contentType));
    }

    /** The usual answer with one header line more. */
    public static PretendAnswer withHeader(String name, String value) {
        return usual(reply -> reply.with(name, value));
    }

    /** The usual answer with its body changed. */
    public static PretendAnswer withBody(UnaryOperator<String> change) {
        return usual(reply -> new Reply(reply.status(), reply.headers(), change.apply(reply.body())));
    }

    /** The usual answer, this much later. */
    public static PretendAnswer delayed(Duration delay) {
        return new PretendAnswer(delivery -> {
            if (delivery.waited(delay)) {
                delivery.sendUsual();
            }
        });
    }

    /**
     * The usual answer, made and sent when the test counts the latch down to zero; it may wait ten minutes for that.
     */
    public static PretendAnswer held(CountDownLatch release) {
        return new PretendAnswer(delivery -> {
            if (delivery.released(release)) {
                delivery.sendUsual();
            }
        });
    }

    /** The usual answer, made at once but sent when the test counts the latch down to zero. */
    public static PretendAnswer heldBack(CountDownLatch release) {
        return new PretendAnswer(delivery -> {
            Reply made = delivery.usual();
            if (delivery.released(release)) {
                delivery.send(made);
            }
        });
    }

    /** The usual answer is made, which spends a code or a one-time refresh token, and lost on its way. */
    public static PretendAnswer lost() {
        return new PretendAnswer(delivery -> {
            delivery.usual();
            delivery.drop();
        });
    }

    /** Status 200 and a body that comes byte by byte and never ends, until the peer or the pool closes. */
    public static PretendAnswer dripping(String contentType, Duration interval) {
        return new PretendAnswer(delivery -> delivery.drip(contentType, interval));
    }

    /** Status 200 and a body that comes as fast as it is read and never ends. */
    public static PretendAnswer endless(String contentType) {
        return new PretendAnswer(delivery -> delivery.pour(contentType));
    }

    /** The connection ends without an answer. */
    public static PretendAnswer dropped() {
        return new PretendAnswer(Delivery::drop);
    }

    /** The usual answer's headers and the first so many bytes of its body; then the connection ends. */
    public static PretendAnswer truncated(int bytes) {
        return new PretendAnswer(delivery -> delivery.sendPart(bytes));
    }

    /** The usual answer's first so many bytes as if they were the whole of it. */
    public static PretendAnswer cut(int characters) {
        return withBody(body -> body.substring(0, Math.min(characters, body.length())));
    }

    /** Nothing out of the ordinary. */
    static PretendAnswer usual() {
        return new PretendAnswer(Delivery::sendUsual);
    }

    private static PretendAnswer usual(UnaryOperator<Reply> change) {
        return new PretendAnswer(delivery -> delivery.send(change.apply(delivery.usual())));
    }

    void send(Delivery delivery) throws IOException {
        sending.send(delivery);
    }
}

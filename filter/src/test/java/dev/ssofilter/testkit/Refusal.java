package dev.ssofilter.testkit;

/** A check of the pool that failed, with the answer it gets; lets the endpoints be written as straight lines. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    Refusal(Reply reply) {
        super("answered with " + reply.status());
        this.reply = reply;
    }

    /** A 400 of the token endpoint. */
    static Refusal error(String error) {
        return new Refusal(Reply.error(error));
    }

    Reply reply() {
        return reply;
    }
}

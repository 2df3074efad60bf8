package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Child.Refused;
import dev.ssofilter.benchmark.host.Floor;
import java.io.IOException;
import java.time.Duration;

/** A contender that is up, beside its provider. */
final class Runner implements AutoCloseable {
    private static final Duration MORE_THAN_A_MINUTE = Duration.ofSeconds(61);

    final Contestant who;
    final Child child;
    final int port;
    final Visitor visitor;

    private Runner(Contestant who, Child child, int port, int providerPort) {
        this.who = who;
        this.child = child;
        this.port = port;
        visitor = new Visitor(port, providerPort);
    }

    /** @throws Refused where it does not start */
    static Runner start(Stage stage, Contestant who, String issuer, int providerPort, boolean keepTokens)
            throws Refused {
        var child = stage.contender(who);
        try {
            var port = Integer.parseInt(child.ask("start " + issuer + " " + keepTokens));
            return new Runner(who, child, port, providerPort);
        } catch (Refused refused) {
            child.close();
            throw refused;
        }
    }

    static Runner start(Stage stage, Contestant who, Stage.Op op) throws Refused {
        return start(stage, who, op.issuer(), op.port(), false);
    }

    /** What the child's counters said at one time. */
    record Counters(long cpu, long bytes, long requests, long sessions) {
        Counters since(Counters before) {
            return new Counters(
                    cpu - before.cpu, bytes - before.bytes, requests - before.requests, sessions - before.sessions);
        }
    }

    Counters counters() throws Refused {
        var parts = child.ask("counters").split(" ");
        return new Counters(child.cpu(), Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Signs the visitor in, and proves it; the floor knows nobody, and gives them a session that holds nothing. */
    void signIn() throws IOException {
        if (who == Contestant.FLOOR) {
            visitor.forget();
            visitor.ask(Floor.SESSION);
            return;
        }
        signIn(visitor);
    }

    /** The same for a visitor of its own. */
    void signIn(Visitor somebody) throws IOException {
        var answer = somebody.logIn();
        if (!Visitor.greeted(answer)) {
            throw new IllegalStateException(who.title + " does not sign in: " + answer);
        }
    }

    /** What stands in an authenticated answer. */
    String greeting() {
        return who == Contestant.FLOOR ? "stranger" : Pool.SUBJECT;
    }

    /** As the visitor sends it once what a login leaves in the browser for a minute is gone. */
    String request() {
        return Wire.request(port, Visitor.PAGE, visitor.cookies(MORE_THAN_A_MINUTE));
    }

    @Override
    public void close() throws IOException {
        visitor.close();
        child.close();
    }
}

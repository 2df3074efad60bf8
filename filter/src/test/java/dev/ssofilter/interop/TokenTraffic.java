package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What the filter and a provider tell each other when tokens are redeemed, refreshed and revoked; and what must be true of
 * it with every provider that gives short-lived access tokens and one-time refresh tokens.
 */
final class TokenTraffic implements AutoCloseable {
    private final PostRelay tokens;
    private final PostRelay revocations;
    private final String userinfo;

    private TokenTraffic(PostRelay tokens, PostRelay revocations, String userinfo) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.userinfo = userinfo;
    }

    static TokenTraffic of(String tokenUrl, String revocationUrl, String userinfoUrl) throws IOException {
        return new TokenTraffic(PostRelay.to(tokenUrl), PostRelay.to(revocationUrl), userinfoUrl);
    }

    /** The settings with which the filter keeps tokens and goes this way, and these besides. */
    String[] settings(String... more) {
        var own = Stream.of("keepTokens", "true", "tokenUrl", tokens.url(), "revocationUrl", revocations.url());
        return Stream.concat(own, Stream.of(more)).toArray(String[]::new);
    }

    PostRelay tokens() {
        return tokens;
    }

    PostRelay revocations() {
        return revocations;
    }

    /** The newest answer with tokens. */
    PostRelay.Exchange newest() {
        var answers = new ArrayList<>(tokens.exchanges());
        Collections.reverse(answers);
        return answers.stream()
                .filter(exchange -> exchange.status() == 200)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no tokens among " + answers));
    }

    void awaitExpiry() {
        tokens.awaitExpiry(newest().received("access_token"), userinfo);
    }

    /** Twenty requests come at once when the access token has expired: all are served, by one refresh. */
    void assertOneRefreshForAll(Browser browser, URI page) {
        awaitExpiry();

        var statuses = atOnce(20, () -> browser.fetch(page).status());

        assertEquals(Collections.nCopies(20, 200), statuses);
        assertEquals(1, tokens.refreshes().size());
        assertEquals(200, tokens.refreshes().get(0).status());
    }

    /** The session outlives this many access tokens, each refresh token is used once, and the first is dead. */
    void assertRotates(int refreshes, Browser browser, URI page) {
        tokens.awaitRefreshes(
                refreshes, () -> assertEquals(200, browser.fetch(page).status()));

        var passed = tokens.exchanges();
        for (var i = 1; i < passed.size(); i++) {
            assertEquals(200, passed.get(i).status());
            assertEquals(
                    digest(passed.get(i - 1).received("refresh_token")),
                    digest(passed.get(i).sent("refresh_token")),
                    "refresh " + i + " came with the token of the answer before");
        }
        assertEquals(refreshes + 1, Set.copyOf(received(passed)).size(), "every answer has a refresh token of its own");
        assertEquals(400, tokens.statusOfRefresh(passed.get(0).received("refresh_token")));
    }

    /** The refresh token was revoked, and the provider says so itself. */
    void assertRevoked() {
        var newest = newest().received("refresh_token");
        var revoked = revocations.exchanges();
        assertEquals(200, revoked.get(revoked.size() - 1).status());
        assertTrue(revoked.stream().allMatch(exchange -> exchange.sent("token").equals(newest)));
        assertEquals(400, tokens.statusOfRefresh(newest));
    }

    private static List<Integer> atOnce(int count, Callable<Integer> request) {
        var threads = Executors.newFixedThreadPool(count);
        try {
            return threads.invokeAll(Collections.nCopies(count, request)).stream()
                    .map(TokenTraffic::join)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the application was asked", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int join(Future<Integer> status) {
        try {
            return status.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> received(List<PostRelay.Exchange> exchanges) {
        return exchanges.stream()
                .map(exchange -> exchange.received("refresh_token"))
                .toList();
    }

    // So that no token comes into a report.
    private static int digest(String token) {
        return token.hashCode();
    }

    @Override
    public void close() {
        tokens.close();
        revocations.close();
    }
}

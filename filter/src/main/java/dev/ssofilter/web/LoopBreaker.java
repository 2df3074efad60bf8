package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends the redirects of a browser whose logins succeed but whose session never comes back to the pages: after three of
 * them within a minute a page names the likely cause. The count travels in a sealed cookie, as there is no session to hold it.
 */
public final class LoopBreaker {
    private static final int MOST = 3;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Cookies cookies;
    private final SealedCookies sealed;
    private final Clock clock;

    public LoopBreaker(Cookies cookies, Sealer sealer, Clock clock) {
        this.cookies = cookies;
        this.sealed = new SealedCookies(cookies, sealer, "ended", "");
        this.clock = clock;
    }

    /** Logins that ended since {@code first}. */
    private record Lost(int logins, Instant first) {
        private static final int BYTES = Integer.BYTES + Long.BYTES;

        byte[] toBytes() {
            return ByteBuffer.allocate(BYTES)
                    .putInt(logins)
                    .putLong(first.toEpochMilli())
                    .array();
        }

        /** Empty for bytes of another format: another version of this filter shares the keys. */
        static Optional<Lost> fromBytes(byte[] bytes) {
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            var buffer = ByteBuffer.wrap(bytes);
            return Optional.of(new Lost(buffer.getInt(), Instant.ofEpochMilli(buffer.getLong())));
        }
    }

    /** @throws LoginFailedException LOGIN_LOOP, and the count begins anew: whoever tries again may */
    void beforeLogin(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws LoginFailedException {
        var lost = lost(request, base);
        if (lost.isPresent() && lost.get().logins() >= MOST) {
            forget(request, response, base);
            throw new LoginFailedException(
                    Reason.LOGIN_LOOP,
                    MOST + " logins of one browser ended within a minute, and it came without a session again;"
                            + " compare `baseUrl` with the address in the browser, and the session cookie's SameSite,"
                            + " Secure, Path and Domain");
        }
    }

    /**
     * Counts, also where an earlier login's session came with the response: the node that serves the pages may never see
     * that one.
     */
    void afterLogin(HttpServletRequest request, HttpServletResponse response, BaseUrl base) {
        var lost = lost(request, base)
                .map(before -> new Lost(before.logins() + 1, before.first()))
                .orElseGet(() -> new Lost(1, clock.instant()));
        var here = sealed.at(base);
        cookies.put(response, base, here.name(), here.seal().seal(lost.toBytes()), WINDOW);
    }

    /** For whom a session did come back: only so can a user sign out. */
    public void forget(HttpServletRequest request, HttpServletResponse response, BaseUrl base) {
        var name = sealed.at(base).name();
        if (Cookies.find(request, name).isPresent()) {
            cookies.remove(response, base, name);
        }
    }

    private Optional<Lost> lost(HttpServletRequest request, BaseUrl base) {
        var here = sealed.at(base);
        var cookie = Cookies.find(request, here.name());
        if (cookie.isEmpty()) {
            return Optional.empty();
        }
        return here.seal()
                .open(cookie.get().getValue())
                .flatMap(Lost::fromBytes)
                .filter(lost -> lost.first().plus(WINDOW).isAfter(clock.instant()));
    }
}

package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.RecentSet;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Pending logins, each sealed in a cookie of its own: any node finishes any login, tabs do not disturb each other, and
 * no session exists before success. What a cookie is for, baseUrl and directory are bound into the seal, the state into
 * what is sealed. A part of the state is in the name, so that a response finds its cookie.
 */
public final class LoginCookie {
    private static final int MOST = 8;
    private static final int MOST_BYTES = 6 * 1024; // leaves room in the 8 KB that servers allow for all headers

    private static final int ID_LENGTH = 16; // 96 bits: no two logins of a browser share them

    private final Cookies cookies;
    private final SealedCookies sealed;
    private final Clock clock;
    private final RecentSet used = new RecentSet(PendingLogin.LIFE);

    /** @param directory what a login is bound to: it can be finished with nothing else */
    public LoginCookie(Cookies cookies, Sealer sealer, String directory, Clock clock) {
        this.cookies = cookies;
        this.sealed = new SealedCookies(cookies, sealer, "login", directory);
        this.clock = clock;
    }

    /** Adds one to the browser's, and takes away the oldest where they would be too many or too long. */
    void put(HttpServletRequest request, HttpServletResponse response, BaseUrl base, PendingLogin pending) {
        var here = sealed.at(base);
        var name = name(here, pending.state());
        var value = here.seal().seal(pending.toBytes());
        var left = MOST_BYTES - name.length() - value.length();
        var kept = 1;
        for (var other : newestFirst(request, here)) {
            left -= other.getName().length() + other.getValue().length();
            kept++;
            if (kept > MOST || left < 0) {
                cookies.remove(response, base, other.getName());
            }
        }
        cookies.put(response, base, name, value, PendingLogin.LIFE);
    }

    /**
     * The pending login that this state belongs to, spent with this call: no second call gets it on this node.
     *
     * @throws LoginFailedException UNKNOWN_STATE, LOGIN_EXPIRED
     */
    PendingLogin take(HttpServletRequest request, HttpServletResponse response, BaseUrl base, String state)
            throws LoginFailedException {
        var here = sealed.at(base);
        var name = name(here, state);
        var cookie = Cookies.find(request, name).orElseThrow(() -> unknown("this browser has no login cookie for it"));
        cookies.remove(response, base, name);
        var pending = open(cookie, here)
                .filter(login -> login.answers(state))
                .orElseThrow(
                        () -> unknown(
                                "its login cookie cannot be opened: it or the state was changed, or it was sealed with another key"));
        if (!used.add(state)) {
            throw unknown("it was used before");
        }
        if (pending.expired(clock.instant())) {
            throw new LoginFailedException(
                    Reason.LOGIN_EXPIRED,
                    "authorization response: the login began at " + pending.begun() + ", more than "
                            + PendingLogin.LIFE.toMinutes() + " minutes ago");
        }
        return pending;
    }

    /** No login that this browser began can be finished any more. */
    void removeAll(HttpServletRequest request, HttpServletResponse response, BaseUrl base) {
        for (var cookie : Cookies.startingWith(request, sealed.at(base).prefix())) {
            cookies.remove(response, base, cookie.getName());
        }
    }

    private static List<Cookie> newestFirst(HttpServletRequest request, SealedCookies.At here) {
        var ours = Cookies.startingWith(request, here.prefix());
        if (ours.size() > 1) {
            ours.sort(
                    Comparator.comparing((Cookie cookie) -> begun(cookie, here)).reversed());
        }
        return ours;
    }

    /** One that cannot be opened counts as the oldest. */
    private static Instant begun(Cookie cookie, SealedCookies.At here) {
        return open(cookie, here).map(PendingLogin::begun).orElse(Instant.MIN);
    }

    private static Optional<PendingLogin> open(Cookie cookie, SealedCookies.At here) {
        var login = here.seal().open(cookie.getValue()).flatMap(PendingLogin::fromBytes);
        // A copy under another name is none: it would take the place of an older login.
        return login.filter(pending -> cookie.getName().equals(name(here, pending.state())));
    }

    private static String name(SealedCookies.At here, String state) {
        return here.prefix() + state.substring(0, Math.min(state.length(), ID_LENGTH));
    }

    private static LoginFailedException unknown(String why) {
        return new LoginFailedException(Reason.UNKNOWN_STATE, "authorization response: no pending login, " + why);
    }
}

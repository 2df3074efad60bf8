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
 * no session exists before success. What a cookie is for, its name (and so its state), baseUrl and directory are bound
 * into the seal.
 */
public final class LoginCookie {
    private static final int MOST = 8;
    private static final int MOST_BYTES = 6 * 1024; // leaves room in the 8 KB that servers allow for all headers

    private final Cookies cookies;
    private final Sealer sealer;
    private final String directory;
    private final Clock clock;
    private final RecentSet used = new RecentSet(PendingLogin.LIFE);

    /** @param directory what a login is bound to: it can be finished with nothing else */
    public LoginCookie(Cookies cookies, Sealer sealer, String directory, Clock clock) {
        this.cookies = cookies;
        this.sealer = sealer;
        this.directory = directory;
        this.clock = clock;
    }

    /** Adds one to the browser's, and takes away the oldest where they would be too many or too long. */
    void put(HttpServletRequest request, HttpServletResponse response, BaseUrl base, PendingLogin pending) {
        var prefix = prefix(base);
        var name = prefix + id(pending.state());
        var value = sealer.seal(purpose(base, name), pending.toBytes());
        var left = MOST_BYTES - name.length() - value.length();
        var kept = 1;
        for (var other : newestFirst(request, base, prefix)) {
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
        var name = prefix(base) + id(state);
        var cookie = Cookies.find(request, name).orElseThrow(() -> unknown("this browser has no login cookie for it"));
        cookies.remove(response, base, name);
        var pending = open(cookie, base)
                .filter(login -> login.answers(state))
                .orElseThrow(() -> unknown("its login cookie cannot be opened: changed, or sealed with another key"));
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
        for (var cookie : Cookies.startingWith(request, prefix(base))) {
            cookies.remove(response, base, cookie.getName());
        }
    }

    private List<Cookie> newestFirst(HttpServletRequest request, BaseUrl base, String prefix) {
        var ours = Cookies.startingWith(request, prefix);
        if (ours.size() > 1) {
            ours.sort(
                    Comparator.comparing((Cookie cookie) -> begun(cookie, base)).reversed());
        }
        return ours;
    }

    /** One that cannot be opened counts as the oldest. */
    private Instant begun(Cookie cookie, BaseUrl base) {
        return open(cookie, base).map(PendingLogin::begun).orElse(Instant.MIN);
    }

    private Optional<PendingLogin> open(Cookie cookie, BaseUrl base) {
        return sealer.open(purpose(base, cookie.getName()), cookie.getValue()).flatMap(PendingLogin::fromBytes);
    }

    private String prefix(BaseUrl base) {
        return cookies.name("login", base) + "-";
    }

    private static String id(String state) {
        return Cookies.digest(state, 16);
    }

    private String purpose(BaseUrl base, String name) {
        return "login\n" + name + "\n" + base.value() + "\n" + directory;
    }

    private static LoginFailedException unknown(String why) {
        return new LoginFailedException(Reason.UNKNOWN_STATE, "authorization response: no pending login, " + why);
    }
}

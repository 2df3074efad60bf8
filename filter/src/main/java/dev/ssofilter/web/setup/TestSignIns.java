package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.oidc.Parameters;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.web.Cookies;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Test sign-ins that are under way, a few and for ten minutes, on this node: a record that is not saved may hold a secret
 * and be too long for a cookie. The browser has a cookie of its own for it; without that a response is none of a test's.
 */
final class TestSignIns {
    private static final String NAME = "sso-test";
    private static final int MOST = 8;

    private final String contextPath;
    private final Clock clock;
    private final Map<String, UnderWay> byKey = new LinkedHashMap<>();
    private volatile boolean any;

    TestSignIns(String contextPath, Clock clock) {
        this.contextPath = contextPath;
        this.clock = clock;
    }

    /** One of them: with what it was begun, so that it ends with the same. */
    record UnderWay(Settings settings, Hidden hidden, BaseUrl base, PendingLogin pending) {
        URI returnUrl() {
            return URI.create(base.value() + settings.returnPath());
        }

        @Override
        public String toString() {
            return "UnderWay[" + pending + "]";
        }
    }

    /** Returns where the browser is to go. */
    URI begin(Settings settings, Hidden hidden, BaseUrl base, HttpServletResponse response)
            throws LoginFailedException {
        var test = new UnderWay(settings, hidden, base, PendingLogin.begin("", clock.instant()));
        URI request;
        try (var flow = new AuthorizationCodeFlow(settings, clock, System::nanoTime)) {
            request = URI.create(flow.authenticationRequest(test.pending(), test.returnUrl(), Map.of()));
        }
        var key = Secrets.random();
        add(Secrets.digest(key), test);
        var posted = settings.directory().enableResponseModeFormPost();
        response.addCookie(cookie(base, key, (int) PendingLogin.LIFE.toSeconds(), posted ? "None" : "Lax"));
        return request;
    }

    /** The test that this request is the response of, spent with this call. Costs nothing while none is under way. */
    Optional<UnderWay> take(HttpServletRequest request, HttpServletResponse response) {
        if (!any) {
            return Optional.empty();
        }
        var cookie = Cookies.find(request, name(true)).or(() -> Cookies.find(request, name(false)));
        var test = cookie.flatMap(found -> take(Secrets.digest(found.getValue()), request));
        test.ifPresent(spent -> response.addCookie(cookie(spent.base(), "", 0, "Lax")));
        return test;
    }

    private synchronized Optional<UnderWay> take(String name, HttpServletRequest request) {
        endOld();
        var test = Optional.ofNullable(byKey.get(name)).filter(found -> isResponse(request, found));
        test.ifPresent(taken -> byKey.remove(name));
        any = !byKey.isEmpty();
        return test;
    }

    /** What is posted is not looked into: while a test is under way in a browser, it counts as the test's. */
    private boolean isResponse(HttpServletRequest request, UnderWay test) {
        var here = request.getRequestURI().equals(contextPath + test.settings().returnPath());
        var query =
                Parameters.parse(Optional.ofNullable(request.getQueryString()).orElse(""));
        return here
                && (request.getMethod().equals("POST")
                        || query.single("state").filter(test.pending()::answers).isPresent());
    }

    private synchronized void add(String name, UnderWay test) {
        endOld();
        while (byKey.size() >= MOST) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        byKey.put(name, test);
        any = true;
    }

    private void endOld() {
        byKey.values().removeIf(test -> test.pending().expired(clock.instant()));
    }

    private static Cookie cookie(BaseUrl base, String value, int seconds, String sameSite) {
        var cookie = new Cookie(name(base.isHttps()), value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(base.isHttps());
        cookie.setAttribute("SameSite", sameSite);
        cookie.setMaxAge(seconds);
        return cookie;
    }

    private static String name(boolean https) {
        return (https ? "__Host-" : "") + NAME;
    }
}

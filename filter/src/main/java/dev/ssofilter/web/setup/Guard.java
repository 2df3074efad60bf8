package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.user.SsoPrincipal;
import dev.ssofilter.web.Cookies;
import dev.ssofilter.web.RequestHeaders;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may use the screen: the holder of the one-time token that the log shows, in whose place comes a cookie for this path
 * alone; or a user with the role of {@code setupRole}, as long as they have it. Being on the same machine is no reason.
 */
final class Guard {
    private static final System.Logger LOG = System.getLogger(Guard.class.getName());
    private static final String NAME = "sso-setup";

    private final SetupHost host;
    private final SetupSessions sessions;
    private String token = Secrets.random();

    Guard(SetupHost host) {
        this.host = host;
        this.sessions = new SetupSessions(host.clock());
    }

    /** An administrator whom the guard let in. */
    record Admitted(String key, SetupSession session) {
        @Override
        public String toString() {
            return "Admitted[" + session + "]";
        }
    }

    /** Makes a token and prints it: at start, and once the one before is used up. */
    synchronized void printToken() {
        token = Secrets.random();
        var base = host.settings().get().baseUrl().map(BaseUrl::value);
        LOG.log(
                Level.INFO,
                "setup screen: " + base.orElse("http://localhost:PORT + context path + ") + host.path()
                        + " one-time token: " + token);
    }

    /** Who is allowed in; a user with the role who comes for the first time is given a session. */
    Optional<Admitted> admit(HttpServletRequest request, HttpServletResponse response, BaseUrl base) {
        var owner = withRole(request);
        var found = Cookies.find(request, name(base)).map(Cookie::getValue).flatMap(key -> sessions.find(key)
                .filter(session -> session.owner().isEmpty() || session.owner().equals(owner))
                .map(session -> new Admitted(key, session)));
        return found.isPresent() || owner.isEmpty() ? found : Optional.of(begin(owner, response, base));
    }

    /** Whether this is the token, which is used up then. */
    synchronized boolean redeem(String given, HttpServletResponse response, BaseUrl base) {
        if (!MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), given.strip().getBytes(StandardCharsets.UTF_8))) {
            return false;
        }
        begin(Optional.empty(), response, base);
        printToken();
        return true;
    }

    /** Whether the browser says that a page of this application sent the form. */
    static boolean isOurs(HttpServletRequest request, BaseUrl base) {
        return RequestHeaders.fetchSite(request)
                .map("same-origin"::equals)
                .orElseGet(() -> RequestHeaders.origin(request).equals(base.origin()));
    }

    void keep(Admitted admitted, Work work) {
        sessions.change(admitted.key(), session -> session.with(work));
    }

    private Optional<SsoPrincipal> withRole(HttpServletRequest request) {
        var role = host.settings().get().setupRole();
        return Optional.ofNullable(request.getUserPrincipal())
                .filter(SsoPrincipal.class::isInstance) // a container's own user has the container's own roles
                .map(SsoPrincipal.class::cast)
                .filter(user -> role.filter(user.getRoles()::contains).isPresent());
    }

    private Admitted begin(Optional<SsoPrincipal> owner, HttpServletResponse response, BaseUrl base) {
        var session = SetupSession.begin(owner, host.clock().instant());
        var key = sessions.add(session);
        var cookie = new Cookie(name(base), key);
        cookie.setPath(base.path() + host.path());
        cookie.setHttpOnly(true);
        cookie.setSecure(base.isHttps());
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
        return new Admitted(key, session);
    }

    // RFC 6265bis §4.1.3.1: not __Host-, which is for all paths.
    private static String name(BaseUrl base) {
        return (base.isHttps() ? "__Secure-" : "") + NAME;
    }
}

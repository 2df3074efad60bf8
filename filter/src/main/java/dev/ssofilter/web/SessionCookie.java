package dev.ssofilter.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.stream.Stream;

/** The container's session cookie: made as safe as the application and the container let us. */
public final class SessionCookie {
    private static final System.Logger LOG = System.getLogger(SessionCookie.class.getName());
    private static final String SAME_SITE = "SameSite";

    private SessionCookie() {}

    /** A problem, with its remedy, where the application has set it up so that no login could last. */
    public static Optional<String> problem(ServletContext context) {
        var sameSite = Optional.ofNullable(context.getSessionCookieConfig().getAttribute(SAME_SITE));
        return sameSite.filter(value -> value.equalsIgnoreCase("Strict"))
                .map(value -> "session cookie: SameSite is \"" + value + "\", which browsers do not send when they come"
                        + " back from the provider, so every login would begin anew; expected Lax: set it in web.xml's"
                        + " <cookie-config> or leave it out");
    }

    /** HttpOnly, Secure with https, SameSite=Lax where the application has set none. */
    public static void harden(ServletContext context, boolean https) {
        var config = context.getSessionCookieConfig();
        try {
            config.setHttpOnly(true);
            if (https) {
                config.setSecure(true);
            }
            if (config.getAttribute(SAME_SITE) == null) {
                config.setAttribute(SAME_SITE, "Lax");
            }
        } catch (IllegalStateException | UnsupportedOperationException tooLate) {
            LOG.log(
                    Level.WARNING,
                    "the container does not let the filter set the session cookie''s attributes; set HttpOnly, Secure"
                            + " and SameSite=Lax in web.xml''s <cookie-config> ({0})",
                    tooLate.getClass().getSimpleName());
        }
    }

    /** What to mend where the container also takes session ids from URLs; there, the filter counts them for nobody's. */
    public static Optional<String> warning(ServletContext context) {
        return Optional.of(SessionTrackingMode.URL)
                .filter(context.getEffectiveSessionTrackingModes()::contains)
                .map(mode -> "session tracking: the container also writes session ids into URLs, where others can read"
                        + " and plant them; set <tracking-mode>COOKIE</tracking-mode> in web.xml's <session-config>");
    }

    /**
     * Takes it from the browser. The session is over without that, but Chromium shows a page again that it kept for the
     * back button, {@code no-store} or not, unless an HttpOnly cookie of its site has changed meanwhile.
     */
    static void remove(HttpServletRequest request, HttpServletResponse response) {
        if (!request.isRequestedSessionIdFromCookie()) {
            return;
        }
        var config = request.getServletContext().getSessionCookieConfig();
        var context = request.getContextPath();
        var cookie = new Cookie(name(request, config), "");
        config.getAttributes().forEach(cookie::setAttribute); // Domain, say: else it would be another cookie
        cookie.setPath(Optional.ofNullable(config.getPath()).orElse(context.isEmpty() ? "/" : context));
        cookie.setMaxAge(0);
        response.addCookie(cookie);
    }

    /** As told; else of the cookie that has the id, as {@code sessionCookieName} of Tomcat's {@code <Context>} is not told. */
    private static String name(HttpServletRequest request, SessionCookieConfig config) {
        var told = Optional.ofNullable(config.getName()).orElse("JSESSIONID"); // Servlet 6.0 §7.1.1
        var id = request.getRequestedSessionId();
        var names = Stream.of(Cookies.all(request))
                .filter(cookie -> !id.isEmpty() && cookie.getValue().equals(id))
                .map(Cookie::getName)
                .toList();
        return names.isEmpty() || names.contains(told) ? told : names.get(0);
    }
}

package dev.ssofilter.web;

import static jakarta.servlet.AsyncContext.ASYNC_QUERY_STRING;
import static jakarta.servlet.AsyncContext.ASYNC_REQUEST_URI;
import static jakarta.servlet.RequestDispatcher.ERROR_REQUEST_URI;
import static jakarta.servlet.RequestDispatcher.FORWARD_QUERY_STRING;
import static jakarta.servlet.RequestDispatcher.FORWARD_REQUEST_URI;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.PendingLogin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the user was going: what follows {@code baseUrl}, kept byte for byte. Whoever holds one can append it to
 * {@code baseUrl} and stays inside the application; the checks are in {@link Targets}, which alone makes one.
 *
 * @param afterBase empty, or begins with {@code /} or {@code ?}
 */
public record TargetUrl(String afterBase) {
    private static final int LONGEST = 2000;

    public TargetUrl {
        if (!isPlain(afterBase)) {
            throw new IllegalArgumentException("a target begins with a slash or a question mark; it has at most "
                    + LONGEST + " characters of visible ASCII");
        }
    }

    private static boolean isPlain(String afterBase) {
        for (var i = 0; i < afterBase.length(); i++) {
            if (afterBase.charAt(i) < '!' || afterBase.charAt(i) > '~') {
                return false;
            }
        }
        return afterBase.length() <= LONGEST && (afterBase.isEmpty() || "/?".indexOf(afterBase.charAt(0)) >= 0);
    }

    /** Decides which text may become a target; any other leads to the default one. */
    public record Targets(TargetUrl defaultTarget, RequestClassifier classifier) {
        /** The page that the browser asked for, wherever the application has dispatched the request to since. */
        TargetUrl of(HttpServletRequest request) {
            var asked = request.getDispatcherType() == DispatcherType.REQUEST
                    ? Optional.<TargetUrl>empty()
                    : dispatched(request);
            return asked.orElseGet(() -> of(request.getRequestURI(), request.getQueryString()));
        }

        private Optional<TargetUrl> dispatched(HttpServletRequest request) {
            return before(request, ASYNC_REQUEST_URI, ASYNC_QUERY_STRING) // Servlet 6.0 §9.7.2
                    .or(() -> before(request, FORWARD_REQUEST_URI, FORWARD_QUERY_STRING)) // Servlet 6.0 §9.4.2
                    // Servlet 6.0 §10.9.1: on an error page the query is still that of the request.
                    .or(() -> before(request.getAttribute(ERROR_REQUEST_URI), request.getQueryString()));
        }

        private Optional<TargetUrl> before(HttpServletRequest request, String uriAttribute, String queryAttribute) {
            return before(request.getAttribute(uriAttribute), request.getAttribute(queryAttribute));
        }

        private Optional<TargetUrl> before(@Nullable Object uri, @Nullable Object query) {
            return uri instanceof String known
                    ? Optional.of(of(known, query instanceof String text ? text : null))
                    : Optional.empty();
        }

        TargetUrl of(String uri, @Nullable String query) {
            var reading = classifier.reading();
            if (!reading.isInside(uri)) {
                return defaultTarget;
            }
            return checked(query == null ? reading.inside(uri) : reading.inside(uri) + "?" + query);
        }

        /** A target given to the login path: a path as browsers see it, so {@code baseUrl}'s path stands before it. */
        TargetUrl of(Optional<String> given, BaseUrl base) {
            return given.filter(target -> target.startsWith(base.path()))
                    .map(target -> target.substring(base.path().length()))
                    .map(this::checked)
                    .orElse(defaultTarget);
        }

        /** What an earlier request was given, checked by today's rules: settings may have changed meanwhile. */
        TargetUrl of(PendingLogin pending) {
            return checked(pending.target());
        }

        private TargetUrl checked(String afterBase) {
            if (!isPlain(afterBase)) {
                return defaultTarget;
            }
            var path = afterBase.substring(0, endOfPath(afterBase));
            var decoded = PathReading.decoded(path);
            return decoded.isPresent() && isPage(decoded.get()) && isPage(withPlainDots(path))
                    ? new TargetUrl(afterBase)
                    : defaultTarget;
        }

        private static int endOfPath(String afterBase) {
            var end = 0;
            while (end < afterBase.length() && "?#".indexOf(afterBase.charAt(end)) < 0) {
                end++;
            }
            return end;
        }

        /** As a browser reads it, to which an escaped dot is a dot, but an escaped slash no slash (WHATWG URL §4.4). */
        private static String withPlainDots(String path) {
            return path.replace("%2e", ".").replace("%2E", ".");
        }

        private boolean isPage(String path) {
            var resolved = resolved(path);
            return resolved.isPresent() && isPageInside(resolved.get());
        }

        private boolean isPageInside(String path) {
            return !path.startsWith("//")
                    && !holdsAControl(path)
                    && !classifier.isOwn(path)
                    && !isForTools(path.toLowerCase(Locale.ROOT));
        }

        /** Asked for by browsers and their tools, not by people. */
        private static boolean isForTools(String path) {
            var name = path.lastIndexOf('/') + 1;
            return path.startsWith("favicon.", name)
                    || path.startsWith("apple-touch-icon", name)
                    || path.endsWith("/robots.txt")
                    || path.endsWith("/manifest.json")
                    || path.endsWith(".webmanifest")
                    || path.endsWith(".map")
                    || path.endsWith("/.well-known")
                    || path.contains("/.well-known/");
        }

        private static boolean holdsAControl(String path) {
            for (var i = 0; i < path.length(); i++) {
                if (Character.isISOControl(path.charAt(i))) {
                    return true;
                }
            }
            return false;
        }

        /** Without dot segments, a backslash read as a slash; empty where it climbs out of the application. */
        private static Optional<String> resolved(String path) {
            if (path.indexOf('\\') < 0 && !path.startsWith(".") && !path.contains("/.")) {
                return Optional.of(path);
            }
            var open = new ArrayDeque<String>();
            var end = "";
            for (var segment : path.replace('\\', '/').split("/", -1)) {
                var name = segment.split(";", 2)[0]; // behind some proxies "..;" climbs too
                var dots = name.equals(".") || name.equals("..");
                if (name.equals("..") && !climbs(open)) {
                    return Optional.empty();
                }
                if (!dots) {
                    open.addLast(segment);
                }
                end = dots ? "/" : "";
            }
            return Optional.of(String.join("/", open) + end);
        }

        /** From an empty segment too, of which servers make nothing; false at the top. */
        private static boolean climbs(Deque<String> open) {
            while (!open.isEmpty()) {
                if (!open.removeLast().isEmpty()) {
                    return true;
                }
            }
            return false;
        }
    }
}

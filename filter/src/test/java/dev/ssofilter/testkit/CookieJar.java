package dev.ssofilter.testkit;

import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A browser's cookies as RFC 6265bis §5 has them: by name, host and path, shared between the ports of a host. As in
 * Chromium, loopback counts as a safe origin, so Secure and {@code __Host-} cookies are kept and sent there over
 * plain http too.
 */
final class CookieJar {
    private final List<Cookie> cookies = new ArrayList<>();

    record Cookie(
            String name,
            String value,
            String host,
            boolean hostOnly,
            String path,
            boolean secure,
            String sameSite,
            Instant expires) {
        boolean replaces(Cookie other) {
            return name.equals(other.name) && host.equals(other.host) && path.equals(other.path);
        }

        boolean isExpired() {
            return !Instant.now().isBefore(expires);
        }

        boolean goesTo(URI uri) {
            String asked = uri.getHost().toLowerCase(Locale.ROOT);
            boolean hostFits = asked.equals(host) || (!hostOnly && asked.endsWith("." + host));
            String askedPath = pathOf(uri);
            boolean pathFits = askedPath.equals(path)
                    || (askedPath.startsWith(path) && (path.endsWith("/") || askedPath.charAt(path.length()) == '/'));
            return hostFits && pathFits && (!secure || isSafe(uri));
        }

        // RFC 6265bis §5.8.3: Lax, the default, goes along with navigations by GET from other sites; Strict never; None
        // always.
        boolean goesAlong(boolean crossSite, boolean safeNavigation) {
            return !crossSite || sameSite.equals("none") || (safeNavigation && !sameSite.equals("strict"));
        }
    }

    /** Keeps what a Set-Cookie line says, or leaves it as a browser would. */
    synchronized void take(URI from, String setCookie) {
        read(from, setCookie).ifPresent(cookie -> {
            cookies.removeIf(cookie::replaces);
            if (!cookie.isExpired()) {
                cookies.add(cookie);
            }
        });
    }

    /** The Cookie header's value: longer paths first, then older ones; empty if there is none to send. */
    synchronized String header(URI to, boolean crossSite, boolean safeNavigation) {
        return cookies.stream()
                .filter(cookie ->
                        !cookie.isExpired() && cookie.goesTo(to) && cookie.goesAlong(crossSite, safeNavigation))
                .sorted(Comparator.comparing((Cookie cookie) -> cookie.path().length())
                        .reversed())
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    synchronized List<Cookie> all() {
        return cookies.stream().filter(cookie -> !cookie.isExpired()).toList();
    }

    synchronized void forget(String name) {
        cookies.removeIf(cookie -> cookie.name().equals(name));
    }

    synchronized void clear() {
        cookies.clear();
    }

    private static Optional<Cookie> read(URI from, String line) {
        String[] parts = line.split(";");
        int equals = parts[0].indexOf('=');
        String name = equals < 0 ? "" : parts[0].substring(0, equals).trim();
        Map<String, String> attributes = attributes(parts);
        String host = from.getHost().toLowerCase(Locale.ROOT);
        String domain =
                attributes.getOrDefault("domain", "").toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
        String path = attributes.getOrDefault("path", "");
        Cookie cookie = new Cookie(
                name,
                parts[0].substring(equals + 1).trim(),
                domain.isEmpty() ? host : domain,
                domain.isEmpty(),
                path.startsWith("/") ? path : directoryOf(from),
                attributes.containsKey("secure"),
                attributes.getOrDefault("samesite", "lax").toLowerCase(Locale.ROOT),
                expiry(attributes));
        return Optional.of(cookie).filter(one -> isAcceptable(one, from));
    }

    private static boolean isAcceptable(Cookie cookie, URI from) {
        String host = from.getHost().toLowerCase(Locale.ROOT);
        boolean ours = host.equals(cookie.host()) || host.endsWith("." + cookie.host());
        boolean securely = !cookie.secure() || isSafe(from);
        boolean securePrefix = !cookie.name().startsWith("__Secure-") || cookie.secure();
        boolean hostPrefix = !cookie.name().startsWith("__Host-")
                || (cookie.secure() && cookie.hostOnly() && cookie.path().equals("/"));
        boolean sameSite = !cookie.sameSite().equals("none") || cookie.secure();
        return !cookie.name().isEmpty() && ours && securely && securePrefix && hostPrefix && sameSite;
    }

    private static Map<String, String> attributes(String... parts) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            attributes.put(pair[0].trim().toLowerCase(Locale.ROOT), pair.length < 2 ? "" : pair[1].trim());
        }
        return attributes;
    }

    private static Instant expiry(Map<String, String> attributes) {
        String maxAge = attributes.getOrDefault("max-age", "");
        if (maxAge.matches("-?[0-9]{1,12}")) {
            return Instant.now().plusSeconds(Long.parseLong(maxAge));
        }
        try {
            String expires = attributes.getOrDefault("expires", "").replace('-', ' ');
            return expires.isEmpty()
                    ? Instant.MAX
                    : ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException noDate) {
            return Instant.MAX;
        }
    }

    private static boolean isSafe(URI uri) {
        return "https".equals(uri.getScheme()) || FetchSite.isLoopback(uri);
    }

    private static String pathOf(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String directoryOf(URI uri) {
        String path = pathOf(uri);
        int last = path.lastIndexOf('/');
        return last == 0 ? "/" : path.substring(0, last);
    }
}

package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The grammar and the attributes that every cookie of ours shares. Host-only, for all paths, never for scripts; with
 * https also Secure under the {@code __Host-} prefix, which no other host can set (RFC 6265bis §4.1.3.2).
 */
public final class Cookies {
    /** A quoted value begun and not ended: a quotation mark opens one directly behind the equals sign alone. */
    private static final Pattern OPEN_QUOTE = Pattern.compile("=\\s*\"[^\"]*$");

    private final String sameSite;
    private final String clientId;

    /** @param crossSitePost whether the provider's form_post response, which is cross-site, has to bring them along */
    public Cookies(String clientId, boolean crossSitePost) {
        this.clientId = clientId;
        this.sameSite = crossSitePost ? "None" : "Lax";
    }

    /** A name that tells ours from those of another application or app client on the same host. */
    String name(String use, BaseUrl base) {
        var tag = digest(base.value() + "\n" + clientId, 6);
        return (base.isHttps() ? "__Host-" : "") + "sso-" + use + "-" + tag;
    }

    /** Short, of characters that a cookie's name may hold. */
    static String digest(String text, int bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    void put(HttpServletResponse response, BaseUrl base, String name, String value, Duration life) {
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(base.isHttps());
        cookie.setAttribute("SameSite", sameSite);
        cookie.setMaxAge((int) life.toSeconds());
        response.addCookie(cookie);
    }

    void remove(HttpServletResponse response, BaseUrl base, String name) {
        put(response, base, name, "", Duration.ZERO);
    }

    /** The cookies whose name begins so; a name that can be read in two ways or stands there twice counts as absent. */
    static List<Cookie> startingWith(HttpServletRequest request, String prefix) {
        return all(request).stream()
                .filter(cookie -> cookie.getName().startsWith(prefix))
                .filter(cookie -> plainlyOnce(request, cookie.getName()))
                .toList();
    }

    /** The one cookie of this name, by the same rule. */
    public static Optional<Cookie> find(HttpServletRequest request, String name) {
        return startingWith(request, name).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    private static List<Cookie> all(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).map(List::of).orElse(List.of());
    }

    /**
     * Containers read old cookie grammar each in its own way (quoted values that hold a semicolon, {@code $Version}).
     * What they found counts only where the header can be read in no other way.
     */
    private static boolean plainlyOnce(HttpServletRequest request, String name) {
        var header = String.join("; ", Collections.list(request.getHeaders("Cookie")));
        // RFC 6265 §4.1.1: a name is a token; one that merely ends like ours is another cookie's.
        var found = Pattern.compile("(?<![A-Za-z0-9!#$%&'*+.^_`|~-])" + Pattern.quote(name) + "=")
                .matcher(header);
        if (!found.find()) {
            return false;
        }
        var before = header.substring(0, found.start());
        return !found.find()
                && !before.toLowerCase(Locale.ROOT).contains("$version")
                && !OPEN_QUOTE.matcher(before).find();
    }
}

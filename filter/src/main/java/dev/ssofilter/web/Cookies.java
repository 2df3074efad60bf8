package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.Sha2;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A quoted value begun and not ended: a quotation mark opens one directly behind the equals sign alone. */
    private static final Pattern OPEN_QUOTE = Pattern.compile("=\\s*\"[^\"]*$");

    private static final int TAG_BYTES = 6;
    private static final Cookie[] NONE = {};

    private final String sameSite;
    private final String clientId;

    /** @param crossSitePost whether the provider's form_post response, which is cross-site, has to bring them along */
    public Cookies(String clientId, boolean crossSitePost) {
        this.clientId = clientId;
        this.sameSite = crossSitePost ? "None" : "Lax";
    }

    /** A name that tells ours from those of another application or app client on the same host. */
    String name(String use, BaseUrl base) {
        var digest = Sha2.sha256((base.value() + "\n" + clientId).getBytes(StandardCharsets.UTF_8));
        var tag = BASE64.encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        return (base.isHttps() ? "__Host-sso-" : "sso-") + use + "-" + tag;
    }

    void put(HttpServletResponse response, BaseUrl base, String name, String value, Duration life) {
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        if (base.isHttps()) {
            cookie.setSecure(true);
        }
        cookie.setAttribute("SameSite", sameSite);
        cookie.setMaxAge((int) life.toSeconds());
        response.addCookie(cookie);
    }

    void remove(HttpServletResponse response, BaseUrl base, String name) {
        put(response, base, name, "", Duration.ZERO);
    }

    /** The cookies whose name begins so; a name that can be read in two ways or stands there twice counts as absent. */
    static List<Cookie> startingWith(HttpServletRequest request, String prefix) {
        var all = all(request);
        if (all.length == 0) {
            return List.of();
        }
        var found = new ArrayList<Cookie>();
        for (var cookie : all) {
            if (cookie.getName().startsWith(prefix) && plainlyOnce(request, cookie.getName())) {
                found.add(cookie);
            }
        }
        return found;
    }

    /** The one cookie of this name, by the same rule. */
    public static Optional<Cookie> find(HttpServletRequest request, String name) {
        for (var cookie : all(request)) {
            if (cookie.getName().equals(name) && plainlyOnce(request, name)) {
                return Optional.of(cookie);
            }
        }
        return Optional.empty();
    }

    static Cookie[] all(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null ? NONE : cookies;
    }

    /**
     * Containers read old cookie grammar each in its own way (quoted values that hold a semicolon, {@code $Version}).
     * What they found counts only where the header can be read in no other way.
     */
    private static boolean plainlyOnce(HttpServletRequest request, String name) {
        var header = String.join("; ", Collections.list(request.getHeaders("Cookie")));
        var at = placeOf(name, header, 0);
        if (at < 0 || placeOf(name, header, at + 1) >= 0) {
            return false;
        }
        if (header.lastIndexOf('"', at) < 0 && header.lastIndexOf('$', at) < 0) {
            return true;
        }
        var before = header.substring(0, at);
        return !before.toLowerCase(Locale.ROOT).contains("$version")
                && !OPEN_QUOTE.matcher(before).find();
    }

    /** Where it stands with its equals sign, at or behind {@code from}; negative where it does not. */
    private static int placeOf(String name, String header, int from) {
        var at = header.indexOf(name, from);
        while (at >= 0) {
            var end = at + name.length();
            // RFC 6265 §4.1.1: a name is a token; one that merely ends like ours is another cookie's.
            if (header.startsWith("=", end) && (at == 0 || !isOfAToken(header.charAt(at - 1)))) {
                return at;
            }
            at = header.indexOf(name, at + 1);
        }
        return at;
    }

    /** RFC 9110 §5.6.2. */
    private static boolean isOfAToken(char c) {
        return c >= '0' && c <= '9'
                || c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || "!#$%&'*+.^_`|~-".indexOf(c) >= 0;
    }
}

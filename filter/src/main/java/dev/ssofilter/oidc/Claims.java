package dev.ssofilter.oidc;

import dev.ssofilter.directory.Json;
import dev.ssofilter.user.LoginFailedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checks that ID token and access token have in common (RFC 7519 §4.1), over claims whose signature is good. Each
 * either passes or refuses with what it found and expected; personal and secret values stay out of the message.
 */
final class Claims {
    private static final long LATEST =
            100_000_000_000L; // the year 5138; what we add to it stays within Instant's range
    private static final int LONGEST_SUBJECT = 255; // OIDC Core §2

    private final Map<String, Object> claims;
    private final SignatureVerifier.Use use;

    Claims(Map<String, Object> claims, SignatureVerifier.Use use) {
        this.claims = claims;
        this.use = use;
    }

    Map<String, Object> asMap() {
        return claims;
    }

    void requireIssuer(String expected) throws LoginFailedException {
        var issuer = requiredText("iss");
        // Cognito: a pool can be switched between two issuer forms.
        if (!issuer.equals(expected)) {
            throw use.refuse("iss " + Quoted.text(issuer) + "; expected \"" + expected
                    + "\"; if the user pool's issuer type was switched, run Discover again");
        }
    }

    String requireSubject() throws LoginFailedException {
        var subject = requiredText("sub");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || holdsAControl(subject)) {
            throw use.refuse("sub has " + subject.length() + " characters, or control characters among them; expected"
                    + " 1 to " + LONGEST_SUBJECT);
        }
        return subject;
    }

    private static boolean holdsAControl(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Not expired, and neither issued nor valid only in the future; the skew counts outwards (RFC 7519 §4.1.4 to 6). */
    void requireTimes(Instant now, Duration skew, Supplier<ClockDifference> clocks) throws LoginFailedException {
        var expires = requiredTime("exp");
        if (now.isAfter(expires.plus(skew))) {
            throw use.refuse("expired at " + expires + ", it is " + now + "; " + clocks.get());
        }
        for (var name : List.of("iat", "nbf")) {
            if (has(name) && requiredTime(name).isAfter(now.plus(skew))) {
                throw use.refuse(
                        name + " " + requiredTime(name) + " is in the future, it is " + now + "; " + clocks.get());
            }
        }
    }

    /** Cognito: one key pair signs tokens of several uses; token_use tells them apart, and is always there. */
    void requireTokenUse(String expected, Provider provider) throws LoginFailedException {
        if ((has("token_use") || provider.isUserPool()) && !expected.equals(claims.get("token_use"))) {
            throw use.refuse("token_use is missing or another; expected \"" + expected + "\"");
        }
    }

    void requireEqual(String name, String expected, String hint) throws LoginFailedException {
        var same = text(name)
                .filter(found -> MessageDigest.isEqual(
                        found.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        if (!same) {
            throw use.refuse(name + " " + (has(name) ? "differs" : "is missing") + "; " + hint);
        }
    }

    /** OIDC Core §12.2: a refresh cannot turn a login into another. */
    void requireSame(String name, Claims before) throws LoginFailedException {
        if (!Objects.equals(claims.get(name), before.claims.get(name))) {
            throw use.refuse(name + " is another than before the refresh; expected that of the login");
        }
    }

    void requireAudienceOf(Claims before) throws LoginFailedException {
        if (!audience().containsAll(before.audience())) {
            throw use.refuse("aud is another than before the refresh; expected that of the login");
        }
    }

    /** Empty where the claim is absent or has another type. */
    Optional<String> text(String name) {
        return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    boolean has(String name) {
        return claims.containsKey(name);
    }

    /** The audience: a text, or an array of texts (RFC 7519 §4.1.3); of any other type: nobody. */
    List<String> audience() {
        var audience = claims.get("aud");
        if (audience instanceof String one) {
            return List.of(one);
        }
        if (audience instanceof List<?> several && several.stream().allMatch(String.class::isInstance)) {
            return several.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    Instant requiredTime(String name) throws LoginFailedException {
        if (claims.get(name) instanceof Json.Num number) {
            return Instant.ofEpochSecond(Math.max(-LATEST, Math.min(seconds(number.text()), LATEST)));
        }
        throw use.refuse(name + " is missing or no number; expected seconds since 1970");
    }

    /** Whole ones, nearly always (RFC 7519 §2: a NumericDate may have a fraction). */
    private static long seconds(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException notWhole) {
            return (long) Double.parseDouble(number);
        }
    }

    private String requiredText(String name) throws LoginFailedException {
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw use.refuse(name + " is missing or no text");
    }
}

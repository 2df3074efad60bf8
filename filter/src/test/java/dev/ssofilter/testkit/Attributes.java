package dev.ssofilter.testkit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A user's attributes as far as the granted scopes show them: openid alone all, otherwise those of the scopes
 * (Cognito developer guide, userinfo-endpoint).
 */
final class Attributes {
    private static final Set<String> OF_EMAIL = Set.of("email", "email_verified");
    private static final Set<String> OF_PHONE = Set.of("phone_number", "phone_number_verified");
    // Cognito: pools that ignore case give these in lower case.
    private static final Set<String> LOWER_CASED = Set.of("email", "preferred_username");

    private final Grant grant;

    Attributes(Grant grant) {
        this.grant = grant;
    }

    /** All as texts, for Userinfo. */
    Map<String, String> texts() {
        Map<String, String> shown = new LinkedHashMap<>();
        grant.user().attributes().forEach((name, value) -> {
            if (isShown(name)) {
                shown.put(name, LOWER_CASED.contains(name) ? value.toLowerCase(Locale.ROOT) : value);
            }
        });
        return shown;
    }

    /** With the two booleans of an ID token; custom attributes stay texts. */
    Map<String, Object> typed() {
        Map<String, Object> typed = new LinkedHashMap<>(texts());
        typed.replaceAll(
                (name, value) -> name.endsWith("_verified") && !name.startsWith("custom:") ? isTrue(value) : value);
        return typed;
    }

    private boolean isShown(String name) {
        if (!grant.has("profile") && !grant.has("email") && !grant.has("phone")) {
            return true;
        }
        if (OF_EMAIL.contains(name)) {
            return grant.has("email");
        }
        return grant.has(OF_PHONE.contains(name) ? "phone" : "profile");
    }

    private static Object isTrue(Object text) {
        return "true".equalsIgnoreCase(text.toString());
    }
}

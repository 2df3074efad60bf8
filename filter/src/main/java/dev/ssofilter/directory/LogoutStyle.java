package dev.ssofilter.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the browser is sent to the provider when its user signs out. */
public enum LogoutStyle {
    /** {@code client_id} and {@code logout_uri}. */
    COGNITO,
    /** OIDC RP-Initiated Logout §2: {@code post_logout_redirect_uri}, {@code id_token_hint}, {@code state}. */
    STANDARD,
    /** Not at all: the provider's own session goes on. */
    NONE;

    static LogoutStyle parse(String text) {
        return Arrays.stream(values())
                .filter(style -> style.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is none of "
                        + Arrays.stream(values()).map(LogoutStyle::word).collect(Collectors.joining(", "))
                        + "; expected one of them, or nothing: then it is told from the provider's URLs"));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.ssofilter;

import dev.ssofilter.web.UserSession;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * The tokens of the user who makes a request, for an application that calls an API in the user's name:
 *
 * <pre>{@code
 * var token = SsoTokens.of(request).accessToken().orElseThrow();
 * HttpRequest.newBuilder(api).header("Authorization", "Bearer " + token);
 * }</pre>
 *
 * <p>Only with the setting {@code keepTokens}. The filter refreshes them before a request comes to the application, a minute
 * before they expire. Ask anew with each request, and neither store nor log what comes.
 */
public final class SsoTokens {
    private final ServletRequest request;

    private SsoTokens(ServletRequest request) {
        this.request = request;
    }

    /**
     * The tokens of this request's user.
     *
     * @param request as the application got it, wrapped or not
     */
    public static SsoTokens of(ServletRequest request) {
        return new SsoTokens(request);
    }

    /**
     * The access token as the provider gave it. Empty where nobody is signed in, {@code keepTokens} is off, or the token
     * has expired and could not be refreshed, as while the provider is down.
     */
    public Optional<String> accessToken() {
        return UserSession.accessToken(request);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "SsoTokens";
    }
}

package dev.ssofilter.oidc;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.List;

/**
 * What came to the Return URL (RFC 6749 §4.1.2, OIDC Core §3.1.2.5). The state is read first, since it alone finds the
 * pending login, which is spent whatever else is wrong; then the rest. Tokens sent along by the front channel are never
 * looked at (RFC 9700 §2.1.2). No value of a response stands in a message of ours but what the error says.
 */
public final class AuthorizationResponse {
    private static final int MOST = 2048;
    private static final List<String> ONCE = List.of("code", "error", "iss");

    private final Parameters parameters;
    private final String state;

    private AuthorizationResponse(Parameters parameters, String state) {
        this.parameters = parameters;
        this.state = state;
    }

    /**
     * Reads the state alone.
     *
     * @throws LoginFailedException RESPONSE_MALFORMED: no state, several, or none of ours
     */
    public static AuthorizationResponse read(Parameters parameters) throws LoginFailedException {
        var state = parameters
                .single("state")
                .orElseThrow(() -> malformed("parameter state is missing or repeated; expected it once"));
        if (!isBase64Url(state)) {
            throw malformed("parameter state has " + state.length() + " characters; expected 1 to " + MOST
                    + " of base64url, as every state of ours is");
        }
        return new AuthorizationResponse(parameters, state);
    }

    private static boolean isBase64Url(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!CompactJws.isBase64Url(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST;
    }

    public String state() {
        return state;
    }

    /**
     * Refuses what no provider has to be asked about.
     *
     * @throws LoginFailedException RESPONSE_MALFORMED: a parameter is broken or repeated, or there is neither error nor code
     */
    void requireReadable() throws LoginFailedException {
        if (!parameters.complete()) {
            throw malformed("a parameter has a broken % escape; expected what a form encodes");
        }
        for (var name : ONCE) {
            if (parameters.repeats(name)) {
                throw malformed("parameter " + name + " is repeated; expected it once");
            }
        }
        if (parameters.single("error").isEmpty()) {
            code();
        }
    }

    /**
     * The code of a successful response.
     *
     * @throws LoginFailedException RESPONSE_MALFORMED, RESPONSE_ISSUER_REFUSED, or what the provider's error stands for
     */
    public String code(Provider provider) throws LoginFailedException {
        requireReadable();
        requireIssuer(provider);
        var error = parameters.single("error");
        if (error.isPresent()) {
            throw ProviderError.ofAuthorization(error.get(), parameters.single("error_description"));
        }
        return code();
    }

    private String code() throws LoginFailedException {
        var code = parameters.single("code").orElseThrow(() -> malformed("neither code nor error came"));
        if (!isVisibleAscii(code)) {
            throw malformed(
                    "parameter code has " + code.length() + " characters; expected 1 to " + MOST + " of visible ASCII");
        }
        return code;
    }

    /** RFC 6749 A.11. */
    private static boolean isVisibleAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST;
    }

    /** RFC 9207 §2.4: where iss came, it is the issuer; where the provider promises it, it came. */
    private void requireIssuer(Provider provider) throws LoginFailedException {
        var issuer = parameters.single("iss");
        if (issuer.isEmpty() && provider.responseIssuerSupported()) {
            throw new LoginFailedException(
                    Reason.RESPONSE_ISSUER_REFUSED,
                    "authorization response: parameter iss is missing, although the provider promises it; "
                            + "a relay between the browser and this application may have dropped it");
        }
        if (issuer.isPresent() && !issuer.get().equals(provider.issuer())) {
            throw new LoginFailedException(
                    Reason.RESPONSE_ISSUER_REFUSED,
                    "authorization response: parameter iss names another issuer; expected \"" + provider.issuer()
                            + "\"; the response of another provider was sent to this Return URL");
        }
    }

    private static LoginFailedException malformed(String found) {
        return new LoginFailedException(Reason.RESPONSE_MALFORMED, "authorization response: " + found);
    }
}

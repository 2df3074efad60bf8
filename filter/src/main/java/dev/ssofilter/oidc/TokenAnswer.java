package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.directory.Json;
import java.util.Map;
import java.util.Optional;

/**
 * How the token endpoint answered a code that nobody was given (RFC 6749 §5.2).
 *
 * @param error the provider's error code, empty where there is none
 * @param said what came, for a message
 */
record TokenAnswer(Kind kind, String error, String said) {
    enum Kind {
        /** The client is right, its code is not. */
        CODE_REFUSED,
        /** The client is not who it says. */
        CLIENT_REFUSED,
        /** Nothing of this kind is there. */
        NO_ENDPOINT,
        /** Anything else, an outage among it. */
        UNCLEAR
    }

    static TokenAnswer read(HTTPResponse answer) {
        int status = answer.getStatusCode();
        var members = members(answer);
        String error = members.get("error") instanceof String text ? text : "";
        String said = "the token endpoint answered with status " + status
                + (error.isEmpty() ? "" : ", error=" + Quoted.text(error))
                + (members.get("error_description") instanceof String text
                        ? " error_description=" + Quoted.text(text)
                        : "");
        return new TokenAnswer(kind(status, error), error, said);
    }

    private static Kind kind(int status, String error) {
        return switch (error) {
            case "invalid_grant" -> Kind.CODE_REFUSED;
            case "invalid_client" -> Kind.CLIENT_REFUSED;
            // RFC 6749 §5.2 keeps 401 for client authentication; Keycloak says so of a wrong secret.
            case "unauthorized_client" -> status == HTTPResponse.SC_UNAUTHORIZED ? Kind.CLIENT_REFUSED : Kind.UNCLEAR;
            case "" -> status == HTTPResponse.SC_NOT_FOUND || status == 405 ? Kind.NO_ENDPOINT : Kind.UNCLEAR;
            default -> Kind.UNCLEAR;
        };
    }

    private static Map<String, Object> members(HTTPResponse answer) {
        try {
            return Json.object(Optional.ofNullable(answer.getBody()).orElse(""));
        } catch (Json.MalformedException e) {
            return Map.of();
        }
    }
}

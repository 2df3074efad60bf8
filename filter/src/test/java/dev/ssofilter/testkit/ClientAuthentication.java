package dev.ssofilter.testkit;

import com.nimbusds.jose.util.Base64;
import java.util.Optional;

/**
 * Which app client a request comes from, proven by its secret where it has one (Cognito developer guide,
 * token-endpoint).
 */
final class ClientAuthentication {
    private final PoolState pool;

    private record Credentials(String id, Optional<String> secret) {}

    ClientAuthentication(PoolState pool) {
        this.pool = pool;
    }

    /** By header or body, for the token endpoint. */
    Optional<PretendClient> byHeaderOrBody(PretendRequest asked) {
        boolean header = asked.header("Authorization").isPresent();
        boolean bodySecret = asked.form().containsKey("client_secret");
        // RFC 6749 §2.3: no more than one method in a request.
        return header && bodySecret ? Optional.empty() : (header ? basic(asked) : body(asked)).flatMap(this::prove);
    }

    // Cognito: the documents know only the header here; whether a secret in the body works is not said.
    /** By header alone, or by the bare id of a public client, for the revocation endpoint. */
    Optional<PretendClient> byHeader(PretendRequest asked) {
        return asked.form().containsKey("client_secret") ? Optional.empty() : byHeaderOrBody(asked);
    }

    private Optional<PretendClient> prove(Credentials given) {
        return pool.client(given.id())
                .filter(client -> given.secret().map(client::takesSecret).orElse(client.isPublic()));
    }

    private static Optional<Credentials> body(PretendRequest asked) {
        return Params.first(asked.form(), "client_id")
                .map(id -> new Credentials(
                        id,
                        Optional.ofNullable(asked.form().get("client_secret")).map(values -> values.get(0))));
    }

    // Cognito: id and secret are taken as they stand, without the percent-decoding of RFC 6749 §2.3.1.
    private static Optional<Credentials> basic(PretendRequest asked) {
        return asked.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
                .map(value ->
                        new Base64(value.substring(6).trim()).decodeToString().split(":", 2))
                .filter(parts -> parts.length == 2)
                .filter(parts -> Params.first(asked.form(), "client_id")
                        .map(parts[0]::equals)
                        .orElse(true))
                .map(parts -> new Credentials(parts[0], Optional.of(parts[1])));
    }
}

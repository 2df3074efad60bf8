package dev.ssofilter.testkit;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Not Cognito's: the end_session_endpoint of OIDC RP-Initiated Logout 1.0, as strict as providers are. */
final class EndSession {
    static final String PATH = "/session/end";
    private static final List<String> PARAMETERS =
            List.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state");

    private final PoolState pool;

    EndSession(PoolState pool) {
        this.pool = pool;
    }

    Reply answer(PretendRequest asked) {
        if (!asked.method().equals("GET") && !asked.method().equals("POST")) {
            return Reply.methodNotAllowed("GET, POST");
        }
        try {
            Reply next = next(asked, client(asked));
            boolean sure = asked.parameter("id_token_hint").isPresent()
                    || Params.first(asked.form(), "confirmed").isPresent();
            return sure ? pool.sessions().end(asked, next) : Pages.askToSignOut(again(asked));
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Optional<PretendClient> client(PretendRequest asked) throws Refusal {
        Optional<String> clientId = asked.parameter("client_id");
        Optional<String> hint = asked.parameter("id_token_hint");
        if (hint.isEmpty()) {
            return clientId.flatMap(pool::client);
        }
        // §2: the hint may have expired; where a client_id came too, the token must be that client's.
        Optional<String> audience = hint.flatMap(this::audience);
        if (audience.isEmpty()
                || clientId.filter(id -> !audience.get().equals(id)).isPresent()) {
            throw new Refusal(Pages.error("The id_token_hint is no ID token of this provider for this client."));
        }
        return audience.flatMap(pool::client);
    }

    private Optional<String> audience(String hint) {
        try {
            SignedJWT token = SignedJWT.parse(hint);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean ours = pool.keys().signed(token)
                    && pool.issuer().equals(claims.getIssuer())
                    && "id".equals(claims.getClaim("token_use"));
            return ours ? claims.getAudience().stream().findFirst() : Optional.empty();
        } catch (ParseException noToken) {
            return Optional.empty();
        }
    }

    private static Reply next(PretendRequest asked, Optional<PretendClient> client) throws Refusal {
        Optional<String> after = asked.parameter("post_logout_redirect_uri");
        if (after.isEmpty()) {
            return Pages.signedOut();
        }
        if (client.filter(known -> known.takesSignOut(after.get())).isEmpty()) {
            throw new Refusal(Pages.error("The post_logout_redirect_uri is not registered."));
        }
        return Reply.redirect(Params.append(
                after.get(),
                asked.parameter("state").map(state -> Map.of("state", state)).orElse(Map.of())));
    }

    private static Map<String, String> again(PretendRequest asked) {
        Map<String, String> params = new LinkedHashMap<>();
        PARAMETERS.forEach(name -> asked.parameter(name).ifPresent(value -> params.put(name, value)));
        params.put("confirmed", "yes");
        return params;
    }
}

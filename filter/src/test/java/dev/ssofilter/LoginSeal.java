package dev.ssofilter;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.testkit.PretendUserPool;
import java.util.Optional;

/** What a login cookie holds, for whoever has the key. */
record LoginSeal(String purpose) {
    private static final Sealer SEALER = Sealer.fromClientSecret(PretendUserPool.CLIENT_SECRET);

    /** That of a cookie of this name, of an application with the usual settings. */
    static LoginSeal of(Application application, PretendUserPool pool, String name) {
        var issuer = pool.tokenSigningKeyUrl().toString().replace("/.well-known/jwks.json", "");
        var base = application.uri("").toString();
        return new LoginSeal(String.join("\n", "login", name, base, PretendUserPool.CLIENT_ID, issuer, "pkce=true"));
    }

    Optional<PendingLogin> open(String value) {
        return SEALER.open(purpose, value).flatMap(PendingLogin::fromBytes);
    }

    String seal(PendingLogin pending) {
        return SEALER.seal(purpose, pending.toBytes());
    }
}

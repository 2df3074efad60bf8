package dev.ssofilter;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.Seal;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.testkit.PretendUserPool;
import java.util.Optional;

/** What a login cookie holds, for whoever has the key. */
record LoginSeal(Seal seal) {
    private static final Sealer SEALER = Sealer.fromClientSecret(PretendUserPool.CLIENT_SECRET);

    /** That of a cookie of this name, of an application with the usual settings. */
    static LoginSeal of(Application application, PretendUserPool pool, String name) {
        var issuer = pool.tokenSigningKeyUrl().toString().replace("/.well-known/jwks.json", "");
        var base = application.uri("").toString();
        var tag = name.substring(0, name.length() - "-".length() - 16);
        return new LoginSeal(SEALER.forPurpose(
                String.join("\n", "login", tag, base, PretendUserPool.CLIENT_ID, issuer, "pkce=true")));
    }

    Optional<PendingLogin> open(String value) {
        return seal.open(value).flatMap(PendingLogin::fromBytes);
    }

    String seal(PendingLogin pending) {
        return seal.seal(pending.toBytes());
    }
}

package dev.ssofilter.oidc;

import dev.ssofilter.directory.ClaimMapper;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Location;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoPrincipal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** A verified ID token, and what else claims are mapped from, becomes the user whom the application admits. */
final class UserMapping {
    private final AccessTokenVerifier accessTokens;
    private final UserinfoRequest userinfo;
    private final ClaimMapper mapper;
    private final Listeners listeners;

    UserMapping(AccessTokenVerifier accessTokens, UserinfoRequest userinfo, ClaimMapper mapper, Listeners listeners) {
        this.accessTokens = accessTokens;
        this.userinfo = userinfo;
        this.mapper = mapper;
        this.listeners = listeners;
    }

    SsoPrincipal user(Tokens tokens, Claims idToken, Provider provider, Instant signedInAt)
            throws LoginFailedException {
        var claims = new EnumMap<Location, Map<String, Object>>(Location.class);
        claims.put(Location.ID_TOKEN, idToken.asMap());
        if (mapper.reads(Location.ACCESS_TOKEN)) {
            var accessToken = accessTokens.verify(tokens, idToken.requireSubject(), provider);
            claims.put(Location.ACCESS_TOKEN, accessToken.asMap());
        }
        if (mapper.reads(Location.USERINFO)) {
            claims.put(Location.USERINFO, userinfo.send(tokens.accessToken(), idToken.requireSubject(), provider));
        }
        var user = mapper.principal(provider.issuer(), claims).toBuilder();
        return listeners.admitted(user.signedInAt(signedInAt).build());
    }
}

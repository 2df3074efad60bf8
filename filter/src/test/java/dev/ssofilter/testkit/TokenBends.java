package dev.ssofilter.testkit;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Map;

/** What a test does to ID tokens, or to access tokens, at each step of their making. */
record TokenBends(
        Bend<JWTClaimsSet.Builder> claims,
        Bend<String> payload,
        Bend<Map<String, Object>> header,
        Bend<Keys.Signer> signer,
        Bend<String> raw) {

    TokenBends() {
        this(new Bend<>(), new Bend<>(), new Bend<>(), new Bend<>(), new Bend<>());
    }

    void undo() {
        claims.undo();
        payload.undo();
        header.undo();
        signer.undo();
        raw.undo();
    }
}

package dev.ssofilter.testkit;

import java.util.Map;

/** Everything that a test may bend, as straight as Cognito until it does. */
record Bends(
        TokenBends idToken,
        TokenBends accessToken,
        Bend<Map<String, Object>> tokenAnswer,
        Bend<Map<String, Object>> userinfo,
        Bend<Map<String, Object>> discovery,
        Bend<Map<String, Object>> keys,
        Bend<Map<String, String>> authorizationResponse) {

    Bends() {
        this(new TokenBends(), new TokenBends(), new Bend<>(), new Bend<>(), new Bend<>(), new Bend<>(), new Bend<>());
    }

    void undo() {
        idToken.undo();
        accessToken.undo();
        tokenAnswer.undo();
        userinfo.undo();
        discovery.undo();
        keys.undo();
        authorizationResponse.undo();
    }
}

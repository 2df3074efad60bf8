package dev.ssofilter.testkit;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The smallest relying party, for the pool's own tests: every step and every parameter in the test's hand. */
final class PlainRp {
    static final String RETURN_URL = "http://localhost:1/sso/return";
    static final String VERIFIER = "v".repeat(43);
    static final String CHALLENGE = Base64URL.encode(Tokens.sha256(VERIFIER.getBytes(StandardCharsets.US_ASCII)))
            .toString();

    private final PretendUserPool pool;
    private final PretendClient client;

    PlainRp(PretendUserPool pool, PretendClient client) {
        this.pool = pool;
        this.client = client.allowCallback(RETURN_URL);
    }

    /**
     * A right authentication request but for these pairs of name and value; an empty value leaves the parameter out.
     */
    URI authorize(String... changes) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("client_id", client.id());
        params.put("redirect_uri", RETURN_URL);
        params.put("response_type", "code");
        params.put("scope", "openid profile email");
        params.put("state", "state-1");
        params.put("nonce", "nonce-1");
        params.put("code_challenge", CHALLENGE);
        params.put("code_challenge_method", "S256");
        return URI.create(Params.append(pool.domain() + "/oauth2/authorize", changed(params, changes)));
    }

    /** Signs in and answers with what came to the Return URL. */
    Browser.Answer signIn(Browser browser, PretendUser user, String... changes) {
        Browser.Answer form = browser.follow(browser.navigate(authorize(changes)));
        return browser.submitForm(form, Map.of("username", user.email(), "password", user.password()));
    }

    String code(String... changes) {
        return signIn(new Browser(), pool.user(), changes).locationParameters().getOrDefault("code", "none came");
    }

    /** A right token request with the secret in the body, but for the changes. */
    Browser.Answer redeem(String code, String... changes) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("grant_type", "authorization_code");
        params.put("client_id", client.id());
        params.put("client_secret", client.isPublic() ? "" : client.secret());
        params.put("code", code);
        params.put("redirect_uri", RETURN_URL);
        params.put("code_verifier", VERIFIER);
        return post("/oauth2/token", changed(params, changes));
    }

    /** A right refresh request with the secret in the body, but for the changes. */
    Browser.Answer refresh(String refreshToken, String... changes) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("grant_type", "refresh_token");
        params.put("client_id", client.id());
        params.put("client_secret", client.isPublic() ? "" : client.secret());
        params.put("refresh_token", refreshToken);
        return post("/oauth2/token", changed(params, changes));
    }

    Issued tokens(String... changes) {
        return Issued.of(redeem(code(changes)));
    }

    /** What a token answer brought. */
    record Issued(Map<String, Object> members) {
        static Issued of(Browser.Answer answer) {
            return new Issued(json(answer));
        }

        String id() {
            return text("id_token");
        }

        String access() {
            return text("access_token");
        }

        String refresh() {
            return text("refresh_token");
        }

        Map<String, Object> idClaims() {
            return object(payload(id()));
        }

        Map<String, Object> accessClaims() {
            return object(payload(access()));
        }

        private String text(String member) {
            return String.valueOf(members.get(member));
        }
    }

    Browser.Answer post(String path, Map<String, String> form, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return postRaw(path, Params.write(form), all);
    }

    Browser.Answer postRaw(String path, String body, String... headers) {
        return new Browser().request("POST", URI.create(pool.domain() + path), body, headers);
    }

    Browser.Answer userinfo(String accessToken) {
        return new Browser()
                .get(URI.create(pool.domain() + "/oauth2/userInfo"), "Authorization", "Bearer " + accessToken);
    }

    static String payload(String jwt) {
        return new Base64URL(jwt.split("\\.", -1)[1]).decodeToString();
    }

    static String header(String jwt) {
        return new Base64URL(jwt.split("\\.", -1)[0]).decodeToString();
    }

    static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, Object> json(Browser.Answer answer) {
        return object(answer.body());
    }

    static Map<String, Object> object(String json) {
        try {
            return JSONObjectUtils.parse(json);
        } catch (ParseException notJson) {
            throw new IllegalStateException(json, notJson);
        }
    }

    private static Map<String, String> changed(Map<String, String> params, String... changes) {
        for (int i = 0; i + 1 < changes.length; i += 2) {
            params.put(changes[i], changes[i + 1]);
        }
        params.values().removeIf(String::isEmpty);
        return params;
    }
}

package dev.ssofilter.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An authentication request that passed Cognito's checks, made in its order (Cognito developer guide,
 * authorization-endpoint): first those whose errors no app ever hears of.
 */
record AuthorizationRequest(
        PretendClient client,
        String redirectUri,
        Optional<String> state,
        List<String> scopes,
        Optional<String> nonce,
        Optional<String> challenge,
        Optional<String> resource,
        String prompt,
        boolean formPost) {

    static final String MISMATCH_TEXT = "An error was encountered with the requested page.";

    static AuthorizationRequest read(PretendRequest asked, PoolState pool) throws Refusal {
        String clientId = required(asked, pool, "client_id");
        String redirectUri = required(asked, pool, "redirect_uri");
        PretendClient client = pool.client(clientId)
                .orElseThrow(() -> new Refusal(Pages.error("Client " + clientId + " does not exist.")));
        if (!client.takesCallback(redirectUri)) {
            throw new Refusal(redirectMismatch(clientId));
        }
        AuthorizationRequest request = new AuthorizationRequest(
                client,
                redirectUri,
                query(asked, "state"),
                query(asked, "scope").map(text -> List.of(text.split(" +"))).orElseGet(client::scopes),
                query(asked, "nonce"),
                query(asked, "code_challenge"),
                query(asked, "resource"),
                query(asked, "prompt")
                        .filter(any -> pool.knobs().isManagedLogin())
                        .orElse(""),
                pool.knobs().isFormPost()
                        && query(asked, "response_mode")
                                .filter("form_post"::equals)
                                .isPresent());
        request.check(asked, pool);
        return request;
    }

    static Reply redirectMismatch(String clientId) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("error", "redirect_mismatch");
        params.put("client_id", clientId);
        return Reply.redirect(Params.append("/error", params));
    }

    static Reply missing(PoolState pool, String parameter) {
        return Pages.error(
                pool.knobs().isManagedLogin()
                        ? "Missing required parameter " + parameter + " in request URL"
                        : "Required String parameter '" + parameter + "' is not present");
    }

    /** Sends the browser back with these parameters, and state. */
    Reply respond(PoolState pool, Map<String, String> params) {
        Map<String, String> all = new LinkedHashMap<>(params);
        if (!params.containsKey("error") || pool.knobs().isStateInErrors()) {
            state.ifPresent(value -> all.put("state", value));
        }
        if (pool.knobs().isIssSent()) {
            all.put("iss", pool.issuer());
        }
        Map<String, String> bent = pool.bends().authorizationResponse().apply(all);
        return formPost ? Pages.formPost(redirectUri, bent) : Reply.redirect(Params.append(redirectUri, bent));
    }

    private void check(PretendRequest asked, PoolState pool) throws Refusal {
        // Cognito: a state that is JSON never arrives whole; AWS asks for Base64 instead.
        if (state.filter(value -> value.startsWith("{")).isPresent()) {
            throw new Refusal(Pages.error(MISMATCH_TEXT));
        }
        String responseType = query(asked, "response_type").orElse("");
        refuseIf(!responseType.equals("code") && !responseType.equals("token"), pool, "invalid_request");
        refuseIf(responseType.equals("token") || !client.hasCodeGrant(), pool, "unauthorized_client");
        refuseIf(!hasGoodChallenge(asked, pool), pool, "invalid_request");
        refuseIf(!client.scopes().containsAll(scopes), pool, "invalid_scope");
        boolean fields = scopes.contains("profile") || scopes.contains("email") || scopes.contains("phone");
        refuseIf(fields && !scopes.contains("openid"), pool, "invalid_scope");
    }

    private boolean hasGoodChallenge(PretendRequest asked, PoolState pool) {
        Optional<String> method = query(asked, "code_challenge_method");
        if (challenge.isEmpty() && method.isEmpty()) {
            return true;
        }
        List<String> advertised = pool.knobs().pkceMethods();
        return method.filter("S256"::equals).isPresent()
                && (advertised.isEmpty() || advertised.contains("S256"))
                && challenge.filter(text -> text.matches("[A-Za-z0-9_-]{43}")).isPresent();
    }

    private void refuseIf(boolean bad, PoolState pool, String error) throws Refusal {
        if (bad) {
            throw new Refusal(respond(pool, Map.of("error", error)));
        }
    }

    private static String required(PretendRequest asked, PoolState pool, String name) throws Refusal {
        return query(asked, name).orElseThrow(() -> new Refusal(missing(pool, name)));
    }

    private static Optional<String> query(PretendRequest asked, String name) {
        return Params.first(asked.query(), name);
    }

    boolean prompts(String value) {
        return Arrays.asList(prompt.split(" ")).contains(value);
    }
}

package dev.ssofilter.interop;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an administrator of the realm does by Keycloak's admin REST API, as the realm's client {@code janitor}. */
final class KeycloakAdmin {
    private static final String KEYS = "org.keycloak.keys.KeyProvider";
    private static final String RSA = "rsa-generated";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI tokenUrl;
    private final String realm;
    private final String components;

    /** @param issuer of the realm */
    KeycloakAdmin(String issuer) {
        tokenUrl = URI.create(issuer + "/protocol/openid-connect/token");
        realm = issuer.replace("/realms/", "/admin/realms/");
        components = realm + "/components";
    }

    /** A new key signs from now on; the old ones are published still. */
    void addKeyAndKeepTheOldOnesPassive() {
        for (var old : replacedKeys()) {
            @SuppressWarnings("unchecked") // names of an object's members are text
            var component = (Map<String, Object>) old;
            @SuppressWarnings("unchecked")
            var config = (Map<String, Object>) component.get("config");
            config.put("active", List.of("false"));
            send("PUT", components + "/" + component.get("id"), JSONObjectUtils.toJSONString(component));
        }
    }

    /** A new key signs from now on; the old ones are gone. */
    void addKeyAndDeleteTheOldOnes() {
        for (var old : replacedKeys()) {
            send("DELETE", components + "/" + ((Map<?, ?>) old).get("id"), "");
        }
    }

    /** Takes the user out of the group of this name. */
    void leave(String sub, String group) {
        send("DELETE", realm + "/users/" + sub + "/groups/" + groupId(group), "");
    }

    /** Puts the user into the group of this name. */
    void join(String sub, String group) {
        send("PUT", realm + "/users/" + sub + "/groups/" + groupId(group), "");
    }

    private Object groupId(String name) {
        return array(realm + "/groups").stream()
                .map(group -> (Map<?, ?>) group)
                .filter(group -> name.equals(group.get("name")))
                .findFirst()
                .orElseThrow()
                .get("id");
    }

    /** Ends every session of the user. */
    void signOut(String sub) {
        send("POST", realm + "/users/" + sub + "/logout", "");
    }

    /** The signing keys there were before a new one, which is there when this returns. */
    private List<Object> replacedKeys() {
        var old = keys();
        var key = Map.of(
                "name",
                "made " + UUID.randomUUID(),
                "providerId",
                RSA,
                "providerType",
                KEYS,
                "config",
                Map.of("priority", List.of("200"), "algorithm", List.of("RS256")));
        send("POST", components, JSONObjectUtils.toJSONString(key));
        return old;
    }

    private List<Object> keys() {
        return array(components + "?type=" + KEYS).stream()
                .filter(component -> RSA.equals(((Map<?, ?>) component).get("providerId")))
                .toList();
    }

    private List<Object> array(String url) {
        try {
            return JSONArrayUtils.parse(send("GET", url, ""));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a token of its own, as the one before may be signed by a key that is gone. */
    private String send(String method, String url, String body) {
        return exchange(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private String token() {
        var form = "grant_type=client_credentials&client_id=janitor&client_secret=broom";
        try {
            var answer = exchange(HttpRequest.newBuilder(tokenUrl)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
            return JSONObjectUtils.getString(JSONObjectUtils.parse(answer), "access_token");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private String exchange(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "Keycloak's admin API answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Keycloak was asked", e);
        }
    }
}

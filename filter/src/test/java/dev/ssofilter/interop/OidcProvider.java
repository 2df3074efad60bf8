package dev.ssofilter.interop;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** One provider of {@link OidcProviders}, with one client and the user {@code ana}, whom any password signs in. */
final class OidcProvider implements AutoCloseable {
    static final String CLIENT_ID = "portal";
    /** With what has a meaning in forms and in Basic authentication (RFC 6749 §2.3.1). */
    static final String CLIENT_SECRET = "c:l=i e%n+t";

    static final String USER = "ana";

    private final OidcProviders process;
    private final String name;
    private final Map<String, String> switches = new LinkedHashMap<>();
    private final String issuer;

    OidcProvider(OidcProviders process, String name, String... switches) {
        this.process = process;
        this.name = name;
        this.switches.put("alg", "RS256");
        this.switches.put("authentication", "client_secret_post");
        this.switches.put("iss", "on");
        for (var i = 0; i < switches.length; i += 2) {
            this.switches.put(switches[i], switches[i + 1]);
        }
        this.issuer = process.tell(name, "up", Map.of()).get("issuer").toString();
    }

    String issuer() {
        return issuer;
    }

    /** Takes this application as its client; before that it answers nothing. */
    void register(URI returnUrl, URI signOutUrl) {
        var all = new LinkedHashMap<>(switches);
        all.put("client_id", CLIENT_ID);
        all.put("client_secret", CLIENT_SECRET);
        all.put("redirect_uri", returnUrl.toString());
        all.put("post_logout_redirect_uri", signOutUrl.toString());
        process.tell(name, "serve", all);
    }

    /** From now on there are new keys, and none of the old ones. */
    void rotateKeys() {
        process.tell(name, "rotate", Map.of());
    }

    /** The user is in this group alone from now on. */
    void putIntoGroup(String group) {
        process.tell(name, "group", Map.of("group", group));
    }

    /** Connections are refused from now on, and those that are open end. */
    void down() {
        process.tell(name, "down", Map.of());
    }

    /** There again, on the same port. */
    void up() {
        process.tell(name, "up", Map.of());
    }

    /** Takes requests for this path from now on, and never answers. */
    void silence(String path) {
        process.tell(name, "silence", Map.of("path", path));
    }

    /** How many requests came for this path. */
    long count(String path) {
        return ((Number) process.tell(name, "count", Map.of("path", path)).get("count")).longValue();
    }

    @Override
    public void close() {
        down();
    }
}

package dev.ssofilter.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A user of the pretend pool, who signs in with an e-mail address and a password. All changes take effect with the
 * next token.
 */
public final class PretendUser {
    private final String email;
    private final String password;
    private final String sub;
    private final Map<String, String> attributes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> groups = new CopyOnWriteArrayList<>();
    private volatile Optional<Federation> federation = Optional.empty();
    private volatile boolean enabled = true;

    record Federation(String provider, String userId) {}

    PretendUser(String email, String password) {
        this.email = email;
        this.password = password;
        this.sub = subFor(email);
        attributes.put("email_verified", "true");
        attributes.put("email", email);
    }

    /** What is typed into the login page as user name. */
    public String email() {
        return email;
    }

    /** The password in clear: it guards nothing. */
    public String password() {
        return password;
    }

    /** The {@code sub} claim, the same for the same e-mail address in every pretend pool. */
    public String sub() {
        return sub;
    }

    /** Sets given_name and family_name. */
    public PretendUser named(String givenName, String familyName) {
        return attribute("given_name", givenName).attribute("family_name", familyName);
    }

    /** Puts the user into these groups alone; none takes the claim cognito:groups away. */
    public PretendUser groups(String... names) {
        groups.clear();
        groups.addAll(List.of(names));
        return this;
    }

    /** Sets a custom attribute: {@code custom("member_no", "00417")} becomes the claim {@code custom:member_no}. */
    public PretendUser custom(String name, String value) {
        return attribute("custom:" + name, value);
    }

    /** Sets any attribute; all of them are texts in a user pool, booleans too. */
    public PretendUser attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Takes an attribute away: its claim is then missing, not empty. */
    public PretendUser without(String name) {
        attributes.remove(name);
        return this;
    }

    /** Sets email_verified. */
    public PretendUser emailVerified(boolean verified) {
        return attribute("email_verified", Boolean.toString(verified));
    }

    /**
     * Makes the user one of a provider behind the pool, as {@code federated("Google", "1122334455")}: other user
     * name, identities claim, automatic group, and an e-mail address that counts as not verified. The login page
     * stands in for that provider's.
     */
    public PretendUser federated(String provider, String userIdThere) {
        federation = Optional.of(new Federation(provider, userIdThere));
        return emailVerified(false);
    }

    /** Disables user access: neither signs in any more, nor are codes, refresh tokens and access tokens good. */
    public PretendUser disable() {
        enabled = false;
        return this;
    }

    /** Takes {@link #disable()} back; tokens that have not ended are good again. */
    public PretendUser enable() {
        enabled = true;
        return this;
    }

    boolean isEnabled() {
        return enabled;
    }

    String username() {
        return federation.map(one -> one.provider() + "_" + one.userId()).orElse(sub);
    }

    Map<String, String> attributes() {
        synchronized (attributes) {
            return new LinkedHashMap<>(attributes);
        }
    }

    List<String> groupNames() {
        return List.copyOf(groups);
    }

    Optional<Federation> federation() {
        return federation;
    }

    boolean hasPassword(String typed) {
        return enabled && password.equals(typed);
    }

    // Cognito: newer pools' subs look like a UUID, but version and variant digits are not those of RFC 9562.
    private static String subFor(String email) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(email.getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(digest);
            return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-70" + hex.substring(12, 14) + "-1"
                    + hex.substring(14, 17) + "-" + hex.substring(17, 29);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The sub; neither name nor password. */
    @Override
    public String toString() {
        return "user " + sub;
    }
}

package dev.ssofilter.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an {@link SsoListener} says to a login: yes, perhaps with more roles and attributes for the user, or no. It can add
 * to what the directory says of a user, and take nothing away.
 *
 * @param roles to add; a blank one, {@code *} and {@code **} fail the login, as in {@link SsoPrincipal.Builder#roles}
 * @param attributes to add by name, values as text
 * @param refusal what the user reads where they may not sign in; plain text, in which a line break begins a paragraph
 */
public record LoginDecision(Set<String> roles, Map<String, List<String>> attributes, Optional<String> refusal) {
    private static final LoginDecision ACCEPTED = new LoginDecision(Set.of(), Map.of(), Optional.empty());

    public LoginDecision {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    /** The user may sign in. */
    public static LoginDecision accept() {
        return ACCEPTED;
    }

    /** The user may not sign in, and is told why. */
    public static LoginDecision refuse(String textForTheUser) {
        return new LoginDecision(Set.of(), Map.of(), Optional.of(textForTheUser));
    }

    /** The same, with one more role. */
    public LoginDecision withRole(String name) {
        var more = new LinkedHashSet<>(roles);
        more.add(name);
        return new LoginDecision(more, attributes, refusal);
    }

    /** The same, with one more value of an attribute. */
    public LoginDecision withAttribute(String name, String value) {
        var more = new LinkedHashMap<>(attributes);
        var values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, List.copyOf(values));
        return new LoginDecision(roles, more, refusal);
    }
}

package dev.ssofilter.directory;

import java.util.Map;
import java.util.Optional;

/**
 * Finds a claim by its name or path.
 *
 * @param parent the object that the claim stands in
 * @param value what stands there
 */
record ClaimPath(Map<?, ?> parent, Object value) {
    /**
     * A name that exists whole wins over the path, at every level: {@code resource_access.my.client.roles} finds the
     * client {@code my.client}.
     */
    static Optional<ClaimPath> find(Map<?, ?> claims, String name) {
        Object named = claims.get(name);
        Optional<ClaimPath> whole = named == null ? Optional.empty() : Optional.of(new ClaimPath(claims, named));
        for (int dot = name.lastIndexOf('.'); whole.isEmpty() && dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> object) {
                whole = find(object, name.substring(dot + 1));
            }
        }
        return whole;
    }

    /** The claims may be personal: shows nothing. */
    @Override
    public String toString() {
        return "ClaimPath[…]";
    }
}

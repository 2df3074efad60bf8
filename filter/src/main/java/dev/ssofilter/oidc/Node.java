package dev.ssofilter.oidc;

import java.util.UUID;

/**
 * What tells this node of a cluster from the others, until its restart.
 *
 * @param name that no other node has
 * @param sealer with a key that no other node has
 */
public record Node(String name, Sealer sealer) {
    public static Node start() {
        return new Node(UUID.randomUUID().toString(), Sealer.random());
    }

    @Override
    public String toString() {
        return "Node[" + name + "]";
    }
}

package dev.ssofilter.directory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filter's own paths, inside the context: the one place that knows their names.
 *
 * @param ssoPath what four of them begin with
 * @param returnPath where the directory sends the browser back to
 * @param health who asks whether signing in works; empty: nobody can
 */
public record OwnPaths(String ssoPath, String returnPath, Optional<String> health) {
    static final String SIGNED_OUT = "/signed-out";

    public String login() {
        return ssoPath + "/login";
    }

    public String logout() {
        return ssoPath + "/logout";
    }

    public String signedOut() {
        return ssoPath + SIGNED_OUT;
    }

    public String me() {
        return ssoPath + "/me";
    }

    List<String> all() {
        return Stream.concat(Stream.of(login(), logout(), signedOut(), me(), returnPath), health.stream())
                .toList();
    }
}

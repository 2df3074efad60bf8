package dev.ssofilter.directory;

import java.util.List;

/**
 * The filter's own paths, inside the context: the one place that knows their names.
 *
 * @param ssoPath what four of them begin with
 * @param returnPath where the directory sends the browser back to
 */
public record OwnPaths(String ssoPath, String returnPath) {
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

    /** All of them, the Return URL's path last. */
    List<String> all() {
        return List.of(login(), logout(), signedOut(), me(), returnPath);
    }
}

package dev.ssofilter.web;

import dev.ssofilter.directory.Settings;

/** The filter's own paths inside the context (the Return URL's is a setting of its own). */
public final class OwnPaths {
    private OwnPaths() {}

    public static String login(Settings settings) {
        return settings.ssoPath() + "/login";
    }

    static String logout(Settings settings) {
        return settings.ssoPath() + "/logout";
    }

    static String signedOut(Settings settings) {
        return settings.ssoPath() + "/signed-out";
    }

    static String me(Settings settings) {
        return settings.ssoPath() + "/me";
    }
}

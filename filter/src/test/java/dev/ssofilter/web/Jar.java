package dev.ssofilter.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** The cookies of one browser on one host. */
final class Jar {
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** Stores and removes what an answer says. */
    Jar take(Container.Answer answer) {
        for (var line : answer.values("Set-Cookie")) {
            var pair = line.split(";", 2)[0].split("=", 2);
            if (line.contains("Max-Age=0") || line.contains("Expires=Thu, 01 Jan 1970")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return this;
    }

    Jar with(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /** The name of the only cookie. */
    String name() {
        return cookies.keySet().iterator().next();
    }

    String value() {
        return cookies.values().iterator().next();
    }

    /** The header line, or none that matters. */
    String header() {
        var pairs = cookies.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue());
        return cookies.isEmpty() ? "X-No-Cookie: x" : "Cookie: " + String.join("; ", pairs.toList());
    }
}

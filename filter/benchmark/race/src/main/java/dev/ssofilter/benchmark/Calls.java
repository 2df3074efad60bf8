package dev.ssofilter.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the provider was asked for what; {@code authorize} is the browser's, all others are the application's. */
record Calls(Map<String, Integer> byName) {
    private static final List<String> OF_THE_APPLICATION = List.of("discovery", "jwks", "token", "userinfo");

    static Calls read(String map) {
        var calls = new HashMap<String, Integer>();
        for (var entry : map.replaceAll("[{} ]", "").split(",")) {
            if (!entry.isEmpty()) {
                calls.put(entry.split("=")[0], Integer.parseInt(entry.split("=")[1]));
            }
        }
        return new Calls(calls);
    }

    int of(String name) {
        return byName.getOrDefault(name, 0);
    }

    int ofTheApplication() {
        return OF_THE_APPLICATION.stream().mapToInt(this::of).sum();
    }
}

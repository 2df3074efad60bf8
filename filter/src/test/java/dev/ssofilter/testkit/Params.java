package dev.ssofilter.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parameters of a query or of a form's body, read and written as application/x-www-form-urlencoded. */
final class Params {
    private Params() {}

    /** Reads the text; throws IllegalArgumentException where an escape is malformed. */
    static Map<String, List<String>> read(String text) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                found.computeIfAbsent(decode(name), any -> new ArrayList<>()).add(decode(value));
            }
        }
        return found;
    }

    static String write(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Adds the parameters to a URL that may have a query of its own. */
    static String append(String url, Map<String, String> params) {
        return params.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + write(params);
    }

    /** The first value that is there and not empty. */
    static Optional<String> first(Map<String, List<String>> params, String name) {
        return params.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Form-encoded parameters (application/x-www-form-urlencoded), of a query or a body. */
public final class Parameters {
    private final Map<String, List<String>> values;
    private final boolean complete;

    private Parameters(Map<String, List<String>> values, boolean complete) {
        this.values = values;
        this.complete = complete;
    }

    public static Parameters parse(String encoded) {
        return new Parameters(URLUtils.parseParameters(encoded), isDecodable(encoded));
    }

    private static boolean isDecodable(String encoded) {
        try {
            URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            return true;
        } catch (IllegalArgumentException brokenEscape) {
            return false;
        }
    }

    /** Whether these are all that came: the library leaves out one with a broken escape, without a word. */
    public boolean complete() {
        return complete;
    }

    /** The value of a parameter that stands there exactly once; a parameter that is repeated has no value. */
    public Optional<String> single(String name) {
        var all = values.getOrDefault(name, List.of());
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    public boolean repeats(String name) {
        return values.getOrDefault(name, List.of()).size() > 1;
    }

    /** The endpoint with these parameters behind those that it has already. */
    static URI appendTo(URI endpoint, Map<String, String> parameters) {
        var lists = new TreeMap<String, List<String>>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        var separator = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + separator + URLUtils.serializeParameters(lists));
    }
}

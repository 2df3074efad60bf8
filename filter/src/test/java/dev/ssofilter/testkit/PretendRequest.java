package dev.ssofilter.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as the pretend user pool got it; a test asserts on it what the application really sent.
 *
 * @param method GET, POST, …
 * @param path the raw path, as {@code /oauth2/token}
 * @param rawQuery the query as it stood in the request line, empty if there was none
 * @param query its parameters, decoded; every value of a name that came twice
 * @param form the body's parameters, decoded; empty unless the body is application/x-www-form-urlencoded
 * @param headers by name, whose case does not matter
 */
public record PretendRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> query,
        Map<String, List<String>> form,
        Map<String, List<String>> headers) {

    /** The parameter's value in the form or else in the query; absent if it is in neither, or empty. */
    public Optional<String> parameter(String name) {
        return Params.first(form, name).or(() -> Params.first(query, name));
    }

    /** The header's first value. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    boolean isRefresh() {
        return path.equals("/oauth2/token")
                && Params.first(form, "grant_type")
                        .filter("refresh_token"::equals)
                        .isPresent();
    }

    Optional<String> cookie(String name) {
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split("; *")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /** Method and path alone: parameters and headers hold codes, secrets and passwords. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}

package dev.ssofilter.testkit;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** An answer of the pool before it goes over the wire. */
record Reply(int status, Map<String, List<String>> headers, String body) {

    static final String JSON = "application/json;charset=UTF-8";
    static final String HTML = "text/html;charset=UTF-8";

    static Reply of(int status, String type, String body) {
        return new Reply(status, Map.of("Content-Type", List.of(type)), body);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "");
    }

    /** JSON with the headers of the token and userInfo endpoints. */
    static Reply json(int status, Map<String, ?> members) {
        return of(status, JSON, JSONObjectUtils.toJSONString(members)).notStored();
    }

    static Reply error(String error) {
        return json(400, Map.of("error", error));
    }

    static Reply redirect(String location) {
        return empty(302).with("Location", location).notStored();
    }

    static Reply methodNotAllowed(String allowed) {
        return of(405, "text/plain;charset=UTF-8", "Method Not Allowed").with("Allow", allowed);
    }

    Reply notStored() {
        return with("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
                .with("x-amz-cognito-request-id", UUID.randomUUID().toString());
    }

    /** A copy with one header line more. */
    Reply with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, List.copyOf(values));
        return new Reply(status, more, body);
    }

    Reply withType(String type) {
        Map<String, List<String>> other = new LinkedHashMap<>(headers);
        other.put("Content-Type", List.of(type));
        return new Reply(status, other, body);
    }

    static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }
}

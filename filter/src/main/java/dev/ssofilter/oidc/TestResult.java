package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSObject;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Location;
import dev.ssofilter.user.LoginFailedException;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a login brought that an administrator tries: verified claims, location by location. Personal, and for that person's
 * eyes alone.
 *
 * @param issuer of the ID token
 */
public record TestResult(String issuer, Map<Location, Part> parts) {
    public TestResult {
        parts = Map.copyOf(parts);
    }

    /**
     * A token, or the answer of Userinfo.
     *
     * @param header of the token, as JSON; empty for Userinfo
     * @param claims none where it was refused
     * @param refused why it could not be had or believed
     */
    public record Part(Optional<String> header, Map<String, Object> claims, Optional<String> refused) {
        @Override
        public String toString() {
            return "Part[…]";
        }
    }

    /** How a part is asked for. */
    interface Source {
        Map<String, Object> claims() throws LoginFailedException;
    }

    static Part part(Optional<String> token, Source source) {
        try {
            return new Part(token.flatMap(TestResult::header), source.claims(), Optional.empty());
        } catch (LoginFailedException refused) {
            return new Part(Optional.empty(), Map.of(), Optional.ofNullable(refused.getMessage()));
        }
    }

    private static Optional<String> header(String token) {
        try {
            return Optional.of(JWSObject.parse(token).getHeader().toString());
        } catch (ParseException opaque) {
            return Optional.empty();
        }
    }

    /** The claims of each location; of one that was refused, none. */
    public Map<Location, Map<String, Object>> claims() {
        var claims = new EnumMap<Location, Map<String, Object>>(Location.class);
        parts.forEach((location, part) -> claims.put(location, part.claims()));
        return claims;
    }

    /** A token's header as it reads best. */
    public static String readable(String header) {
        try {
            return Json.write(Json.object(header));
        } catch (Json.MalformedException twiceAMember) {
            return header;
        }
    }

    @Override
    public String toString() {
        return "TestResult[" + issuer + "]";
    }
}

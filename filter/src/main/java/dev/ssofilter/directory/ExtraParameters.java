package dev.ssofilter.directory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code authorizationParameters} and {@code forwardParameters}: what may be added to an authentication request. */
final class ExtraParameters {
    /** What the filter itself sends or checks, or what would put a token or a request object into a URL. */
    private static final Set<String> RESERVED = Set.of(
            "response_type",
            "response_mode",
            "client_id",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code",
            "code_challenge",
            "code_challenge_method",
            "code_verifier",
            "grant_type",
            "id_token_hint",
            "request",
            "request_uri",
            "registration");

    /** RFC 6749 §8.2. */
    private static final String NAME = "[A-Za-z0-9._-]+";

    private static final String FIXED_EXPECTED = "; expected a query such as identity_provider=Google&lang=de";

    private ExtraParameters() {}

    static Map<String, List<String>> fixed(String text) {
        var problems = new ArrayList<String>();
        var parameters = new LinkedHashMap<String, List<String>>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = equals < 0 ? Optional.empty() : decode(pair.substring(0, equals));
            Optional<String> value = equals < 0 ? Optional.empty() : decode(pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                problems.add("holds \"" + pair + "\", which is no name=value" + FIXED_EXPECTED);
                continue;
            }
            boolean repeated = parameters.containsKey(name.get());
            parameters.computeIfAbsent(name.get(), first -> new ArrayList<>()).add(value.get());
            problem(name.get())
                    .or(() -> repeatProblem(name.get(), repeated))
                    .or(() -> maxAgeProblem(name.get(), value.get()))
                    .ifPresent(problems::add);
        }
        Refused.ifAny(problems);
        parameters.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(parameters);
    }

    static Set<String> forwarded(String text) {
        var problems = new ArrayList<String>();
        var names = new LinkedHashSet<String>();
        for (String name : Parsers.words(text)) {
            problem(name).or(() -> forwardProblem(name)).ifPresent(problems::add);
            if (!names.add(name)) {
                problems.add("names \"" + name + "\" twice; expected each once");
            }
        }
        Refused.ifAny(problems);
        return Collections.unmodifiableSet(names);
    }

    // Compared without letter case, as some providers read parameter names that way.
    private static Optional<String> problem(String name) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("names \"" + name
                    + "\", which is the protocol's own and set by the filter alone; take it" + " out");
        }
        return name.matches(NAME)
                ? Optional.empty()
                : Optional.of("names \"" + name + "\", which is no parameter name; expected letters, digits and - . _");
    }

    // RFC 6749 §3.1: no parameter more than once; RFC 8707 §2 lets resource repeat.
    private static Optional<String> repeatProblem(String name, boolean repeated) {
        return repeated && !name.equals("resource")
                ? Optional.of("names \"" + name + "\" twice; expected each once")
                : Optional.empty();
    }

    // OIDC Core §3.1.2.1: seconds. Nine digits are 31 years, and still an int.
    private static Optional<String> maxAgeProblem(String name, String value) {
        return name.equals("max_age") && !value.matches("[0-9]{1,9}")
                ? Optional.of("has max_age \"" + value + "\"; expected seconds, zero or more")
                : Optional.empty();
    }

    private static Optional<String> forwardProblem(String name) {
        return switch (name) {
            case "target" -> Optional.of("names \"target\", which the filter reads itself; take it out");
            case "max_age" ->
                Optional.of("names \"max_age\", which is checked against auth_time only where it is fixed;"
                        + " put it into authorizationParameters");
            default -> Optional.empty();
        };
    }

    private static Optional<String> decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            boolean clean = decoded.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
            return clean ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }
}

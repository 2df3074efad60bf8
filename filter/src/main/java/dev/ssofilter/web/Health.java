package dev.ssofilter.web;

import dev.ssofilter.oidc.ProviderHealth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells load balancers and people whether signing in works. They call by any address, so it works without
 * {@code baseUrl}; anybody may ask, so it says nothing else; and they ask all the time, so it is not logged.
 */
public final class Health {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private Health() {}

    /** Answers with 200 while signing in works or is worth a try, else with 503. */
    public static void write(HttpServletRequest request, HttpServletResponse response, ProviderHealth health)
            throws IOException {
        if (!METHODS.contains(request.getMethod())) {
            OwnAnswer.headers(response);
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("status", health.status().name().toLowerCase(Locale.ROOT));
        told.put("detail", health.detail());
        var up = health.status() != ProviderHealth.Status.DOWN;
        OwnAnswer.json(
                response,
                up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "application/json",
                told);
    }
}

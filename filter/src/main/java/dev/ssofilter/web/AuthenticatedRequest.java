package dev.ssofilter.web;

import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request with its user, as the Servlet API shows one. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private static final String AUTH_TYPE = "SSO";

    private final HttpServletResponse response;
    private final SsoPrincipal user;

    AuthenticatedRequest(HttpServletRequest request, HttpServletResponse response, SsoPrincipal user) {
        super(request);
        this.response = response;
        this.user = user;
    }

    @Override
    public Principal getUserPrincipal() {
        return user;
    }

    @Override
    public String getRemoteUser() {
        return user.getName();
    }

    @Override
    public String getAuthType() {
        return AUTH_TYPE;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return role != null && user.getRoles().contains(role);
    }

    // Without arguments the container would dispatch its own request, and the user would be lost on the way.
    @Override
    public AsyncContext startAsync() {
        return super.startAsync(this, response);
    }
}

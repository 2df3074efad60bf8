package dev.ssofilter.web;

import dev.ssofilter.user.SsoEvent.SessionEnded.Why;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request with its user, as the Servlet API shows one; without a user of ours it shows the container's, if any. */
final class SsoRequest extends HttpServletRequestWrapper {
    private static final String AUTH_TYPE = "SSO";

    private final HttpServletRequest request; // as it came: containers put others into wrappers when they forward
    private final HttpServletResponse response;
    private final UserSession session;
    private Optional<SsoPrincipal> user;

    SsoRequest(
            HttpServletRequest request,
            HttpServletResponse response,
            Optional<SsoPrincipal> user,
            UserSession session) {
        super(request);
        this.request = request;
        this.response = response;
        this.user = user;
        this.session = session;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return user.isPresent() ? user.get() : super.getUserPrincipal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        return user.isPresent() ? user.get().getName() : super.getRemoteUser();
    }

    @Override
    public @Nullable String getAuthType() {
        return user.isPresent() ? AUTH_TYPE : super.getAuthType();
    }

    /** {@code **} is whoever is signed in (Servlet 6.0 §13.3); no user has a role of that name. */
    @Override
    public boolean isUserInRole(@Nullable String role) {
        if (user.isEmpty() || role == null) {
            return role != null && super.isUserInRole(role);
        }
        return role.equals("**") || user.get().getRoles().contains(role);
    }

    /** Begins a login where nobody is signed in; the response is then answered, and the application has to return. */
    @Override
    public boolean authenticate(HttpServletResponse answered) throws IOException, ServletException {
        if (user.isPresent()) {
            return true;
        }
        if (answered.isCommitted()) {
            throw new IllegalStateException("authenticate: the response is committed, so no login can begin");
        }
        answered.resetBuffer(); // what the application had begun to say is no part of the answer, nor is its length
        answered.setContentLengthLong(-1);
        session.calls().authenticate(request, answered);
        return false;
    }

    /** Nobody gives a password to this application: users sign in at the provider. */
    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("login: users sign in at the OpenID Provider; call authenticate, or lead them to the"
                + " filter's login path");
    }

    /**
     * Signs out here alone: neither are tokens revoked, nor does the provider learn of it. A session in which nobody is
     * signed in is the application's, and stays.
     */
    @Override
    public void logout() throws ServletException {
        // Not whether somebody was when the request came: another tab may have signed in since.
        if (!session.arrival(request).signedIn()) {
            if (super.getUserPrincipal() != null) {
                super.logout(); // of a user of the container's
            }
            return;
        }
        user = Optional.empty();
        session.end(request, Why.APPLICATION);
        request.removeAttribute(SessionTokens.ATTRIBUTE);
        session.calls().loggedOut(request, response);
    }

    // Without arguments the container would dispatch its own request, and the user would be lost on the way.
    @Override
    public AsyncContext startAsync() {
        return super.startAsync(this, response);
    }
}

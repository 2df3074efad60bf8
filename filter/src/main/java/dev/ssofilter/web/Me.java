package dev.ssofilter.web;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a script who is signed in, and for how long yet. */
public final class Me {
    private final UserSession session;

    public Me(UserSession session) {
        this.session = session;
    }

    /**
     * Answers with the principal's properties by name; absent ones are left out.
     *
     * @throws LoginFailedException LOGIN_REQUIRED: for navigations too
     */
    public void write(HttpServletRequest request, HttpServletResponse response)
            throws IOException, LoginFailedException {
        var user = session.user(request)
                .orElseThrow(() -> new LoginFailedException(Reason.LOGIN_REQUIRED, "nobody is signed in"));
        var me = new LinkedHashMap<String, Object>();
        me.put("name", user.getName());
        me.put("directory", user.getDirectory());
        me.put("externalId", user.getExternalId());
        put(me, "username", user.getUsername());
        put(me, "email", user.getEmail());
        me.put("emailVerified", user.isEmailVerified());
        put(me, "firstName", user.getFirstName());
        put(me, "lastName", user.getLastName());
        me.put("roles", user.getRoles());
        me.put("attributes", user.getAttributes());
        me.put("sessionExpiresIn", session.expiresIn(request).toSeconds());
        OwnAnswer.json(response, HttpServletResponse.SC_OK, "application/json", me);
    }

    private static void put(Map<String, Object> me, String name, @Nullable String value) {
        Optional.ofNullable(value).ifPresent(present -> me.put(name, present));
    }
}

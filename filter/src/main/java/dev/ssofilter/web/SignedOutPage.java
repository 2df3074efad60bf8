package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Where a sign-out ends, with a way back in. It never leads straight back into a login. */
public final class SignedOutPage {
    private final String loginPath;

    /** @param loginPath inside the context */
    public SignedOutPage(String loginPath) {
        this.loginPath = loginPath;
    }

    public void write(HttpServletResponse response, BaseUrl base) throws IOException {
        var signIn = new Page.Action.Link("SIGN_IN", base.value() + loginPath);
        Page.write(response, HttpServletResponse.SC_OK, "SIGNED_OUT", Optional.of(signIn), Optional.empty());
    }
}

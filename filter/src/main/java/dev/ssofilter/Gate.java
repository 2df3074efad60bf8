package dev.ssofilter;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.web.FailurePage.OwnPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** What every request comes to first: the sign-in of a directory record, or nobody while there is none. */
sealed interface Gate extends AutoCloseable permits SignIn, NotSetUp {
    /** The request to pass on, or empty where it is answered. */
    Optional<HttpServletRequest> decide(HttpServletRequest request, HttpServletResponse response)
            throws IOException, LoginFailedException;

    /** The settings that it was made of; without a record, those of the application alone. */
    Settings settings();

    /** Tells everybody why the request is not served; but for the application's page about it, which is yet to be shown. */
    Optional<OwnPage> refuse(HttpServletRequest request, HttpServletResponse response, LoginFailedException why)
            throws IOException;

    @Override
    void close();
}

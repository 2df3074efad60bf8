package dev.ssofilter.web;

import dev.ssofilter.oidc.Parameters;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * How the authorization response reaches the Return URL: the one way that the directory record asks for.
 *
 * @param formPost by POST (OAuth 2.0 Form Post Response Mode), else by the query of a GET
 */
public record ResponseChannel(boolean formPost) {
    private static final int MOST_BYTES_POSTED = 16 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    /**
     * The parameters of the response.
     *
     * @throws LoginFailedException METHOD_NOT_ALLOWED, CONTENT_TYPE_NOT_SUPPORTED, RESPONSE_MALFORMED
     */
    public Parameters read(HttpServletRequest request, HttpServletResponse response)
            throws IOException, LoginFailedException {
        var method = formPost ? "POST" : "GET";
        if (!request.getMethod().equals(method)) {
            response.setHeader("Allow", method);
            throw new LoginFailedException(
                    Reason.METHOD_NOT_ALLOWED,
                    "Return URL: another method than " + method
                            + ", which `enableResponseModeFormPost` asks for; nothing but the provider belongs here");
        }
        return formPost
                ? posted(request)
                : Parameters.parse(Optional.ofNullable(request.getQueryString()).orElse(""));
    }

    /** OAuth 2.0 Form Post Response Mode §2. */
    private static Parameters posted(HttpServletRequest request) throws IOException, LoginFailedException {
        var type = Optional.ofNullable(request.getContentType())
                .orElse("")
                .split(";", 2)[0]
                .strip();
        if (!type.toLowerCase(Locale.ROOT).equals(FORM)) {
            throw new LoginFailedException(
                    Reason.CONTENT_TYPE_NOT_SUPPORTED, "Return URL: the body is no form; expected " + FORM);
        }
        var body = request.getInputStream().readNBytes(MOST_BYTES_POSTED + 1);
        if (body.length > MOST_BYTES_POSTED) {
            throw new LoginFailedException(
                    Reason.RESPONSE_MALFORMED, "Return URL: the form is longer than " + MOST_BYTES_POSTED + " bytes");
        }
        return Parameters.parse(new String(body, StandardCharsets.UTF_8));
    }
}

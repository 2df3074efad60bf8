package dev.ssofilter.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What an application's calls of the Servlet API lead to, in the middle of a request. */
public interface ApplicationCalls {
    /** {@code authenticate()}: a login begins where a page was asked for; anything else is told why not. */
    void authenticate(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

    /** {@code logout()}, which has ended the session. */
    void loggedOut(HttpServletRequest request, HttpServletResponse response);
}

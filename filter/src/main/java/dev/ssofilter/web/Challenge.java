package dev.ssofilter.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers a request that needs a user: a login begins where a page was asked for; anything else is told why not. */
public interface Challenge {
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
}

package dev.ssofilter;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

/** The place in the application that one filter alone can take: two would sign people in over each other's sessions. */
final class OnlyOne {
    private static final String TAKEN = "dev.ssofilter.filter";

    private final ServletContext context;

    private OnlyOne(ServletContext context) {
        this.context = context;
    }

    static OnlyOne claim(ServletContext context) throws ServletException {
        if (context.getAttribute(TAKEN) != null) {
            throw new ServletException("SsoFilter: the application \"" + context.getContextPath()
                    + "\" has two of them; expected one: remove the other <filter> or registration");
        }
        context.setAttribute(TAKEN, true);
        return new OnlyOne(context);
    }

    void release() {
        context.removeAttribute(TAKEN);
    }
}

package dev.ssofilter.web;

/** Who waits for the answer, and so which answer is of use when there is no user. */
public enum Caller {
    /** A person who asked for a page: can follow a login page. */
    PAGE,
    /** A person who sent a form: a redirect would lose what they wrote. */
    FORM,
    /** A cross-origin preflight: carries no cookies and follows no redirect. */
    PREFLIGHT,
    /** A script, an image, a frame, a socket, a machine: cannot follow a login page. */
    OTHER
}

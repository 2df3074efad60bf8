package dev.ssofilter.testkit;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a browser says about where a request comes from: Sec-Fetch-Site and Origin. */
final class FetchSite {
    static final String NONE = "none";
    static final String CROSS_SITE = "cross-site";
    private static final String SAME_ORIGIN = "same-origin";
    private static final List<String> BY_DISTANCE = List.of(SAME_ORIGIN, "same-site", CROSS_SITE);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private FetchSite() {}

    /** No two hosts of these tests are of one site, so a site is scheme and host. */
    static String between(URI from, URI to) {
        boolean sameSite =
                from.getScheme().equals(to.getScheme()) && from.getHost().equalsIgnoreCase(to.getHost());
        return sameSite ? (from.getPort() == to.getPort() ? SAME_ORIGIN : "same-site") : CROSS_SITE;
    }

    /** Of a redirect: the farthest of the chain; what was typed in stays so (Fetch Metadata §2.4). */
    static String after(Browser.Answer redirect, URI next) {
        String here = between(redirect.uri(), next);
        return redirect.site().equals(NONE)
                ? NONE
                : BY_DISTANCE.get(Math.max(BY_DISTANCE.indexOf(redirect.site()), BY_DISTANCE.indexOf(here)));
    }

    // Fetch §3.2: a page whose referrer policy hides it sends "null".
    static String originHeader(Browser.Answer page, String site) {
        String policy = page.header("Referrer-Policy").orElse("");
        boolean hidden = policy.equals("no-referrer") || (policy.equals("same-origin") && !site.equals(SAME_ORIGIN));
        return hidden ? "null" : page.uri().getScheme() + "://" + page.uri().getRawAuthority();
    }

    static boolean isLoopback(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) || host.endsWith(".localhost");
    }
}

package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.web.TargetUrl.Targets;
import io.mola.galimatias.GalimatiasParseException;
import io.mola.galimatias.URL;

/** Reads a Location as browsers do (WHATWG URL), with a parser that is not ours. */
final class Whatwg {
    private Whatwg() {}

    /** The address that a browser goes to from a page of the application. */
    static URL resolved(BaseUrl base, String location) {
        try {
            return URL.parse(URL.parse(base.value() + "/sso/return"), location);
        } catch (GalimatiasParseException e) {
            throw new AssertionError("no browser reads " + location, e);
        }
    }

    /** On the application's origin, inside its context, on none of the filter's own paths. */
    static void assertInside(BaseUrl base, TargetUrl target, Targets targets) {
        var location = base.value() + target.afterBase();
        assertTrue(location.chars().allMatch(c -> c > ' ' && c < 0x7f), location);
        var url = resolved(base, location);
        assertEquals(base.origin(), origin(url), location);
        assertEquals("", url.userInfo() == null ? "" : url.userInfo(), location);
        var path = url.path();
        assertTrue((path + "/").startsWith(base.path() + "/"), location);
        var inside = path.substring(base.path().length());
        assertFalse(inside.startsWith("//"), location);
        assertFalse(targets.classifier().isOwn(inside), location);
    }

    private static String origin(URL url) {
        var port = url.port() == url.defaultPort() ? "" : ":" + url.port();
        return url.scheme() + "://" + url.host() + port;
    }
}

package dev.ssofilter;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendRequest;
import dev.ssofilter.testkit.PretendUser;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;

/**
 * What one test needs: a pool, an application behind the filter that trusts it, a browser, and what is logged. Tests that
 * bend neither discovery nor keys, which the filter caches, may share one and {@link #renew()} it.
 */
final class Scene implements AutoCloseable {
    /** A claims table that needs neither the access token nor Userinfo. */
    static final String ID_TOKEN_ALONE = "External ID = sub @ ID Token; Email = email @ ID Token";

    final PretendUserPool pool;
    final LogBook log = new LogBook();
    final Application application;
    Browser browser = new Browser();
    private int reachedBefore;
    private int sessionsBefore;

    private Scene(PretendUserPool pool, Application application) {
        this.pool = pool;
        this.application = application;
    }

    /** With these settings, name and value in turn, on top of the usual ones. */
    static Scene with(String... settings) {
        return at(PretendUserPool.start(), settings);
    }

    /** The same at a pool that runs already; closes it, too. */
    static Scene at(PretendUserPool pool, String... settings) {
        return new Scene(pool, Application.of(pool, settings));
    }

    /** The same with another clock than the machine's. */
    static Scene at(PretendUserPool pool, Clock clock) {
        return new Scene(pool, Application.with(pool).clock(clock).start());
    }

    /** Another browser, a straight pool, and nothing counted or logged so far. */
    void renew() {
        browser = new Browser();
        pool.undo();
        pool.resetRequests();
        log.clear();
        reachedBefore = application.reached();
        sessionsBefore = application.sessions();
    }

    /** How many requests came through to the application. */
    int reached() {
        return application.reached() - reachedBefore;
    }

    /** How many sessions were made. */
    int sessions() {
        return application.sessions() - sessionsBefore;
    }

    /** Asks for a protected page, signs in as Ana and follows everything up to the last answer. */
    Browser.Answer logIn() {
        return browser.logInFrom(application.uri("/orders"), pool.user());
    }

    /** Asks for a protected page, and goes no step further than its answer. */
    Browser.Answer begin() {
        return browser.navigate(application.uri("/orders"));
    }

    /** Signs in at the pool, and stops where it sends the browser back: that address, which was not called yet. */
    URI response() {
        return response(browser, pool.user());
    }

    URI response(Browser anyBrowser, PretendUser user) {
        return Answers.redirectToReturnUrl(anyBrowser, application.uri("/orders"), user)
                .location()
                .orElseThrow();
    }

    /** The Return URL with this query. */
    URI returnUrl(String query) {
        return application.uri("/sso/return?" + query);
    }

    /** What the filter tells about the browser's user. */
    Map<String, Object> me() {
        var me = browser.get(application.uri("/sso/me"));
        if (me.status() != 200) {
            throw new IllegalStateException("nobody is signed in: " + me.status() + " " + me.body());
        }
        try {
            return JSONObjectUtils.parse(me.body());
        } catch (ParseException noJson) {
            throw new IllegalStateException(noJson);
        }
    }

    /** The one token request so far. */
    PretendRequest tokenRequest() {
        var requests = pool.requests("/oauth2/token");
        if (requests.size() != 1) {
            throw new IllegalStateException("token requests: " + requests);
        }
        return requests.get(0);
    }

    int tokenRequests() {
        return pool.count("/oauth2/token");
    }

    @Override
    public void close() {
        application.close();
        pool.close();
        log.close();
    }
}

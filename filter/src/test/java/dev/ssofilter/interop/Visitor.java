package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** The user {@code ana} of an {@link OidcProvider}, who wants to see a page of this application. */
record Visitor(Browser browser, Portal portal) {
    private static final Map<String, String> CREDENTIALS = Map.of("login", OidcProvider.USER, "password", "any");
    private static final Pattern CANCEL = Pattern.compile("href=\"([^\"]+/abort)\"");

    Answer loginPage() {
        return browser.followAll(browser.navigate(portal.uri("/orders")));
    }

    Answer consentPage() {
        return browser.followAll(browser.submitForm(loginPage(), CREDENTIALS));
    }

    /** Says yes on both pages of the provider. */
    Answer logIn() {
        return browser.followAll(browser.submitForm(consentPage(), Map.of()));
    }

    /** The address of the response at the Return URL, before anybody asked for it. */
    URI response() {
        var returnUrl = portal.uri("/sso/return").toString();
        var hop = browser.submitForm(consentPage(), Map.of());
        while (!hop.location().orElseThrow().toString().startsWith(returnUrl)) {
            hop = browser.follow(hop);
        }
        return hop.location().orElseThrow();
    }

    /** Clicks on Cancel on a page of the provider. */
    Answer cancel(Answer page) {
        var link = CANCEL.matcher(page.body());
        assertTrue(link.find(), page.body());
        return browser.followAll(browser.click(page, page.uri().resolve(link.group(1))));
    }
}

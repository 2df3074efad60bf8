package dev.ssofilter.testkit;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * A browser for tests. It follows no redirect by itself, so that each hop can be asserted; it keeps cookies as
 * Chromium does, SameSite included, and says with each navigation where it comes from (Fetch Metadata). Hundreds may
 * run at once: they share one HTTP client. One browser may be used by several threads, as tabs share their cookies.
 *
 * <pre>{@code
 * Browser browser = new Browser();
 * Browser.Answer toLogin = browser.navigate(URI.create("http://localhost:8080/members"));
 * assertEquals(302, toLogin.status());
 * Browser.Answer page = browser.logIn(toLogin, "ana@example.org", "…");
 * }</pre>
 */
public final class Browser {
    private static final int MOST_HOPS = 20;

    private final CookieJar jar = new CookieJar();

    private final Transport transport;

    /** A new browser without a cookie. */
    public Browser() {
        this(Transport.usual());
    }

    /** One that trusts the certificates of this context alone, as of an application with a certificate made for a test. */
    public Browser(SSLContext certificates) {
        this(Transport.trusting(certificates));
    }

    private Browser(Transport transport) {
        this.transport = transport;
    }

    /**
     * What a request got.
     *
     * @param uri what was asked
     * @param status the HTTP status
     * @param headers by name, whose case does not matter
     * @param body the body as text
     * @param site the Sec-Fetch-Site value the request was sent with, or would have been
     */
    public record Answer(URI uri, int status, Map<String, List<String>> headers, String body, String site) {
        /** The header's first value. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }

        /** Location, resolved against the address asked. */
        public Optional<URI> location() {
            return header("Location").map(uri::resolve);
        }

        /** Every Set-Cookie line as it came. */
        public List<String> setCookies() {
            return headers.getOrDefault("Set-Cookie", List.of());
        }

        /** Whether a browser would go on to {@link #location()}. */
        public boolean isRedirect() {
            return Set.of(301, 302, 303, 307, 308).contains(status)
                    && header("Location").isPresent();
        }

        /** The parameters of the Location's query, decoded; the first value of each. */
        public Map<String, String> locationParameters() {
            Map<String, String> first = new LinkedHashMap<>();
            location()
                    .map(URI::getRawQuery)
                    .map(Params::read)
                    .ifPresent(read -> read.forEach((name, values) -> first.put(name, values.get(0))));
            return first;
        }
    }

    /** A GET that is no navigation: these headers alone, name and value in turn, and the cookies. Follows nothing. */
    public Answer get(URI uri, String... headers) {
        return request("GET", uri, "", headers);
    }

    /** Any method with this body, otherwise as {@link #get}. */
    public Answer request(String method, URI uri, String body, String... headers) {
        return send(method, uri, body, FetchSite.NONE, false, headers);
    }

    /** A GET as a page's own script makes it with {@code fetch} in the mode cors and of the same origin. */
    public Answer fetch(URI uri, String... headers) {
        String[] metadata = {
            "Accept", "*/*", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"
        };
        return send("GET", uri, "", "same-origin", false, joined(metadata, headers));
    }

    /** Goes to an address that was typed in, so {@code Sec-Fetch-Site: none}. Follows nothing. */
    public Answer navigate(URI uri, String... headers) {
        return navigation("GET", uri, "", FetchSite.NONE, headers);
    }

    /** Clicks on a link of this page that leads to the address. */
    public Answer click(Answer page, URI uri, String... headers) {
        return navigation("GET", uri, "", FetchSite.between(page.uri(), uri), headers);
    }

    /**
     * Goes one redirect on; throws IllegalStateException where the answer is none. 307 and 308 are followed by GET,
     * which no form here needs.
     */
    public Answer follow(Answer redirect) {
        URI next = redirect.location()
                .filter(any -> redirect.isRedirect())
                .orElseThrow(() -> new IllegalStateException("No redirect to follow: status " + redirect.status()
                        + " at " + redirect.uri().getPath()));
        return navigation("GET", next, "", FetchSite.after(redirect, next));
    }

    /** Follows redirects up to the first answer that is none. */
    public Answer followAll(Answer first) {
        Answer answer = first;
        for (int hops = 0; answer.isRedirect(); hops++) {
            if (hops == MOST_HOPS) {
                throw new IllegalStateException("More than " + MOST_HOPS + " redirects, last at "
                        + answer.uri().getPath());
            }
            answer = follow(answer);
        }
        return answer;
    }

    /** Fills in the page's form, the one with a password if there are several, and sends it; hidden inputs go along. */
    public Answer submitForm(Answer page, Map<String, String> fields) {
        HtmlForm form = HtmlForm.of(page.body())
                .orElseThrow(() ->
                        new IllegalStateException("No form on " + page.uri().getPath()));
        URI action = form.action().isEmpty() ? page.uri() : page.uri().resolve(form.action());
        Map<String, String> all = new LinkedHashMap<>(form.fields());
        all.putAll(fields);
        String site = FetchSite.between(page.uri(), action);
        if (!form.post()) {
            return navigation(
                    "GET",
                    page.uri().resolve(Params.append(action.toString().replaceFirst("\\?.*", ""), all)),
                    "",
                    site);
        }
        String[] headers = {
            "Content-Type", "application/x-www-form-urlencoded", "Origin", FetchSite.originHeader(page, site)
        };
        return navigation("POST", action, Params.write(all), site, headers);
    }

    /**
     * Navigates to a protected page, signs in on the provider's page and follows everything up to the application's
     * final answer.
     */
    public Answer logInFrom(URI uri, String user, String password) {
        return logIn(navigate(uri), user, password);
    }

    /** Same as {@link #logInFrom(URI, String, String)}. */
    public Answer logInFrom(URI uri, PretendUser user) {
        return logInFrom(uri, user.email(), user.password());
    }

    /**
     * From any answer on the way: follows redirects, fills in the first login form, and sends pages on that post
     * themselves.
     */
    public Answer logIn(Answer first, String user, String password) {
        Answer answer = followAll(first);
        if (HtmlForm.of(answer.body()).filter(HtmlForm::asksForPassword).isPresent()) {
            answer = followAll(submitForm(answer, Map.of("username", user, "password", password)));
        }
        return postsItself(answer) ? followAll(submitForm(answer, Map.of())) : answer;
    }

    /** Name and value of every cookie that is kept; of two of one name the one stored later. */
    public Map<String, String> cookies() {
        Map<String, String> all = new LinkedHashMap<>();
        jar.all().forEach(cookie -> all.put(cookie.name(), cookie.value()));
        return all;
    }

    /** Takes a cookie in as if this address had set it, with a whole Set-Cookie line. */
    public void addCookie(URI from, String setCookie) {
        jar.take(from, setCookie);
    }

    /** Forgets every cookie of this name. */
    public void removeCookie(String name) {
        jar.forget(name);
    }

    /** Forgets all cookies. */
    public void clearCookies() {
        jar.clear();
    }

    private Answer navigation(String method, URI uri, String body, String site, String... headers) {
        String[] metadata = {
            "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Sec-Fetch-Site", site,
            "Sec-Fetch-Mode", "navigate",
            "Sec-Fetch-Dest", "document"
        };
        return send(method, uri, body, site, method.equals("GET"), joined(metadata, headers));
    }

    private Answer send(String method, URI uri, String body, String site, boolean safeNavigation, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Transport.TIMEOUT)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i + 1 < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        String cookies = jar.header(uri, site.equals(FetchSite.CROSS_SITE), safeNavigation);
        if (!cookies.isEmpty()) {
            request.setHeader("Cookie", cookies);
        }
        HttpResponse<String> response = transport.exchange(request.build());
        Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        received.putAll(response.headers().map());
        Answer answer = new Answer(uri, response.statusCode(), received, response.body(), site);
        answer.setCookies().forEach(line -> jar.take(uri, line));
        return answer;
    }

    private static boolean postsItself(Answer answer) {
        return answer.body().contains("document.forms[0].submit()");
    }

    private static String[] joined(String[] first, String... second) {
        String[] all = new String[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

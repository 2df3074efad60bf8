package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §5, "The login cookie", in a real container. */
class LoginCookieTest {
    private static final BaseUrl HTTPS = BaseUrl.parse("https://members.example.org/portal");
    private static final BaseUrl HTTP = BaseUrl.parse("http://localhost:8080");
    private static final byte[] OLD_KEY = "an old key, thirty-two bytes lon".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW_KEY = "a new key, thirty-two bytes long".getBytes(StandardCharsets.UTF_8);
    private static Container container;

    private final SetClock clock = new SetClock();
    private final Jar jar = new Jar();
    private final LoginCookie cookie = with(OLD_KEY);

    @BeforeAll
    static void start() throws Exception {
        container = Container.at("/");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @ParameterizedTest(name = "AB-162 {0}, form_post {1}: {2}")
    @CsvSource({
        "https://members.example.org/portal, false, Path=/|Secure|HttpOnly|Max-Age=600|SameSite=Lax",
        "https://members.example.org/portal, true, Path=/|Secure|HttpOnly|Max-Age=600|SameSite=None",
        "http://localhost:8080, false, Path=/|HttpOnly|Max-Age=600|SameSite=Lax"
    })
    void carriesItsAttributes(String base, boolean formPost, String attributes) throws Exception {
        var cookies =
                new LoginCookie(new Cookies("client", formPost), Sealer.withKeys(List.of(OLD_KEY)), "client", clock);
        var pending = PendingLogin.begin("/orders", clock.instant());

        var set =
                container.get("/", (request, response) -> cookies.put(request, response, BaseUrl.parse(base), pending));

        var parts = new HashSet<>(List.of(set.values("Set-Cookie").get(0).split("; ")));
        parts.removeIf(part -> part.startsWith("Expires=") || part.contains("sso-login-"));
        assertEquals(Set.of(attributes.split("\\|")), parts);
    }

    @Test
    void isNamedAfterBaseUrlClientAndState() throws Exception {
        var one = new Jar().take(put(cookie, HTTPS, begin("/")));
        var otherBase = new Jar().take(put(cookie, BaseUrl.parse("https://members.example.org/other"), begin("/")));
        var otherClient =
                new LoginCookie(new Cookies("other", false), Sealer.withKeys(List.of(OLD_KEY)), "other", clock);
        var other = new Jar().take(put(otherClient, HTTPS, begin("/")));
        var plain = new Jar().take(put(cookie, HTTP, begin("/")));

        assertTrue(one.name().matches("__Host-sso-login-[A-Za-z0-9_-]{8}-[A-Za-z0-9_-]{16}"), one.name());
        assertTrue(plain.name().matches("sso-login-[A-Za-z0-9_-]{8}-[A-Za-z0-9_-]{16}"), plain.name());
        assertNotEquals(tag(one), tag(otherBase));
        assertNotEquals(tag(one), tag(other));
        assertTrue(one.value().matches("[A-Za-z0-9_-]+"), one.value());
    }

    @Test
    void givesBackWhatItCarriedAndRemovesIt() throws Exception {
        var pending = begin("/orders?id=7");
        jar.take(put(cookie, HTTPS, pending));
        var name = jar.name();

        var taken = take(cookie, HTTPS, pending.state());

        assertEquals(Optional.of(pending), taken.pending());
        assertEquals(1, taken.answer().values("Set-Cookie").size());
        var removed = taken.answer().values("Set-Cookie").get(0);
        assertTrue(removed.startsWith(name + "=;"), removed);
        assertTrue(removed.contains("; Path=/; ") && removed.contains("; Secure"), removed);
        assertEquals(Map.of(), jar.take(taken.answer()).cookies());
    }

    @Test
    void letsAnyNodeFinishALogin() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));

        assertEquals(
                Optional.of(pending),
                take(with(OLD_KEY), HTTPS, pending.state()).pending());
    }

    @Test
    void worksOnceAlthoughTheBrowserSendsItAgain() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        take(cookie, HTTPS, pending.state());

        var again = take(cookie, HTTPS, pending.state());

        again.assertRefused(Reason.UNKNOWN_STATE, "used before");
        again.assertRemoves(jar.name());
    }

    @Test
    void isSpentWhereItHasExpired() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        clock.advance(PendingLogin.LIFE.plusSeconds(1));

        take(cookie, HTTPS, pending.state()).assertRefused(Reason.LOGIN_EXPIRED, "more than 10 minutes ago");
        clock.advance(Duration.ofMinutes(-5));
        take(cookie, HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "used before");
    }

    @Test
    void livesTenMinutes() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        clock.advance(Duration.ofMinutes(10));

        assertEquals(Optional.of(pending), take(cookie, HTTPS, pending.state()).pending());
    }

    @Test
    void knowsNoStateOfAnotherBrowser() throws Exception {
        var another = begin("/");
        put(cookie, HTTPS, another);
        jar.take(put(cookie, HTTPS, begin("/")));

        var refused = take(cookie, HTTPS, another.state());

        refused.assertRefused(Reason.UNKNOWN_STATE, "this browser has no login cookie for it");
        assertEquals(List.of(), refused.answer().values("Set-Cookie"));
    }

    @Test
    @DisplayName("AB-163 opens no cookie of which a bit was changed")
    void opensNoCookieOfWhichABitWasChanged() throws Exception {
        var pending = begin("/orders");
        jar.take(put(cookie, HTTPS, pending));
        var name = jar.name();
        var sealed = Base64.getUrlDecoder().decode(jar.value());
        for (var i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= (byte) (1 << i % 8);
            jar.with(name, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));

            take(cookie, HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "cannot be opened");
        }
    }

    @ParameterizedTest(name = "AB-163 {0}")
    @ValueSource(
            strings = {"", "A", "AAAA", "not base64url!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void opensNothingElse(String value) throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        jar.with(jar.name(), value);

        var refused = take(cookie, HTTPS, pending.state());

        refused.assertRefused(Reason.UNKNOWN_STATE, "");
        refused.assertRemoves(jar.name());
    }

    @Test
    @DisplayName("AB-164 opens no cookie under the name of another")
    void opensNoCookieUnderTheNameOfAnother() throws Exception {
        var one = begin("/one");
        var two = begin("/two");
        jar.take(put(cookie, HTTPS, one));
        var value = jar.value();
        var names = new Jar().take(put(cookie, HTTPS, two));
        jar.with(names.name(), value);

        take(cookie, HTTPS, two.state()).assertRefused(Reason.UNKNOWN_STATE, "cannot be opened");
    }

    @Test
    void opensNoCookieOfAnotherAddress() throws Exception {
        var pending = begin("/");
        var other = BaseUrl.parse("https://members.example.org/other");
        var value = new Jar().take(put(cookie, other, pending)).value();
        jar.take(put(cookie, HTTPS, pending));
        jar.with(jar.name(), value);

        take(cookie, HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "cannot be opened");
    }

    @Test
    void opensNoCookieOfAnotherAppClient() throws Exception {
        var pending = begin("/");
        // The tag of the name alone is the same: 48 bits can be found, so the client id stands in the seal, too.
        var other = new LoginCookie(new Cookies("client", false), Sealer.withKeys(List.of(OLD_KEY)), "other", clock);
        jar.take(put(other, HTTPS, pending));

        take(cookie, HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "cannot be opened");
    }

    // Nodes of two versions share logins only while this stays as it is.
    @Test
    void isSealedForItsUseTheAddressAndTheClient() throws Exception {
        var pending = begin("/orders");
        jar.take(put(cookie, HTTPS, pending));
        var purpose = String.join("\n", "login", jar.name().replaceFirst("-.{16}$", ""), HTTPS.value(), "client");

        var opened = Sealer.withKeys(List.of(OLD_KEY)).forPurpose(purpose).open(jar.value());

        assertEquals(Optional.of(pending), opened.flatMap(PendingLogin::fromBytes));
    }

    @Test
    void opensNothingThatWasSealedForAnotherPurpose() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        var purpose = String.join("\n", "another", jar.name().replaceFirst("-.{16}$", ""), HTTPS.value(), "client");
        jar.with(
                jar.name(),
                Sealer.withKeys(List.of(OLD_KEY)).forPurpose(purpose).seal(pending.toBytes()));

        take(cookie, HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "cannot be opened");
    }

    @Test
    void believesNoCookieWhoseContentHasAnotherState() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        var purpose = String.join("\n", "login", jar.name().replaceFirst("-.{16}$", ""), HTTPS.value(), "client");
        jar.with(
                jar.name(),
                Sealer.withKeys(List.of(OLD_KEY))
                        .forPurpose(purpose)
                        .seal(begin("/").toBytes()));

        take(cookie, HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "cannot be opened");
    }

    @Test
    @DisplayName("AB-225 finishes logins that began before the key changed")
    void finishesLoginsThatBeganBeforeTheKeyChanged() throws Exception {
        var pending = begin("/");
        jar.take(put(with(OLD_KEY), HTTPS, pending));

        assertEquals(
                Optional.of(pending),
                take(with(NEW_KEY, OLD_KEY), HTTPS, pending.state()).pending());
        take(with(NEW_KEY), HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "sealed with another key");
    }

    @Test
    @DisplayName("AB-225 seals with the first key")
    void sealsWithTheFirstKey() throws Exception {
        var pending = begin("/");
        jar.take(put(with(NEW_KEY, OLD_KEY), HTTPS, pending));

        take(with(OLD_KEY), HTTPS, pending.state()).assertRefused(Reason.UNKNOWN_STATE, "sealed with another key");
        assertEquals(
                Optional.of(pending),
                take(with(NEW_KEY), HTTPS, pending.state()).pending());
    }

    @Test
    @DisplayName("AB-023 R-01 R-31 keeps eight and lets the oldest go")
    void keepsEightAndLetsTheOldestGo() throws Exception {
        var begun = new ArrayList<PendingLogin>();
        for (var i = 0; i < 100; i++) {
            var pending = begin("/" + i);
            begun.add(pending);
            jar.take(put(cookie, HTTPS, pending));
            clock.advance(Duration.ofSeconds(1));
        }

        assertEquals(8, jar.cookies().size());
        for (var pending : begun.subList(92, 100)) {
            assertEquals(
                    Optional.of(pending), take(cookie, HTTPS, pending.state()).pending());
        }
        take(cookie, HTTPS, begun.get(91).state()).assertRefused(Reason.UNKNOWN_STATE, "no login cookie");
    }

    // The order in which a browser sends cookies says nothing about their age.
    @Test
    void findsTheOldestInAnyOrder() throws Exception {
        var begun = new ArrayList<PendingLogin>();
        var reversed = new Jar();
        var all = new ArrayList<Map.Entry<String, String>>();
        for (var i = 0; i < 8; i++) {
            begun.add(begin("/" + i));
            var one = new Jar().take(put(cookie, HTTPS, begun.get(i), new Jar()));
            all.add(0, Map.entry(one.name(), one.value()));
            clock.advance(Duration.ofSeconds(1));
        }
        all.forEach(entry -> reversed.with(entry.getKey(), entry.getValue()));

        var answer = put(cookie, HTTPS, begin("/8"), reversed);

        assertEquals(2, answer.values("Set-Cookie").size());
        assertTrue(answer.values("Set-Cookie").stream()
                .anyMatch(line -> line.startsWith(all.get(7).getKey() + "=;")));
    }

    @Test
    void keepsSixKilobytesTogether() throws Exception {
        var newest = begin("/" + "x".repeat(1999));
        for (var i = 0; i < 5; i++) {
            jar.take(put(cookie, HTTPS, begin("/" + "x".repeat(1999))));
            clock.advance(Duration.ofSeconds(1));
        }
        jar.take(put(cookie, HTTPS, newest));

        var bytes = jar.cookies().entrySet().stream()
                .mapToInt(one -> one.getKey().length() + one.getValue().length())
                .sum();
        assertEquals(2, jar.cookies().size());
        assertTrue(bytes <= 6 * 1024, "bytes: " + bytes);
        assertEquals(Optional.of(newest), take(cookie, HTTPS, newest.state()).pending());
    }

    @Test
    void keepsSixKilobytesToTheByte() throws Exception {
        // Three times a name of 42 and a value of 2,006 characters.
        for (var i = 0; i < 3; i++) {
            jar.take(put(cookie, HTTPS, begin("/" + "x".repeat(1432))));
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(3, jar.cookies().size());
        assertEquals(2048, jar.name().length() + jar.value().length());

        var oneMore = new Jar();
        for (var i = 0; i < 3; i++) {
            oneMore.take(put(cookie, HTTPS, begin("/" + "x".repeat(1432 + i / 2)), oneMore));
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(2, oneMore.cookies().size());
    }

    @Test
    void takesNoCookieWhoseNameTheHeaderSpellsInAnotherWay() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));

        take(cookie, HTTPS, pending.state(), "Cookie: " + jar.name() + " =" + jar.value())
                .assertRefused(Reason.UNKNOWN_STATE, "no login cookie");
        take(cookie, HTTPS, pending.state(), "Cookie: " + jar.name() + "\t= " + jar.value())
                .assertRefused(Reason.UNKNOWN_STATE, "no login cookie");
    }

    @Test
    void letsOneThatCannotBeOpenedGoFirst() throws Exception {
        var junk = new Jar().take(put(with(NEW_KEY), HTTPS, begin("/")));
        for (var i = 0; i < 7; i++) {
            jar.take(put(cookie, HTTPS, begin("/" + i)));
        }
        jar.with(junk.name(), junk.value());

        jar.take(put(cookie, HTTPS, begin("/7")));

        assertEquals(8, jar.cookies().size());
        assertFalse(jar.cookies().containsKey(junk.name()));
    }

    @Test
    @DisplayName("AB-164 takes a copy under another name for none: it goes first")
    void letsACopyUnderAnotherNameGoFirst() throws Exception {
        for (var i = 0; i < 7; i++) {
            jar.take(put(cookie, HTTPS, begin("/" + i)));
            clock.advance(Duration.ofSeconds(1));
        }
        var genuine = Set.copyOf(jar.cookies().keySet());
        var newest = new Jar().take(put(cookie, HTTPS, begin("/newest"), new Jar()));
        var copy = newest.name().replaceFirst("-.{16}$", "-" + "A".repeat(16));
        jar.with(copy, newest.value());

        jar.take(put(cookie, HTTPS, begin("/7")));

        assertFalse(jar.cookies().containsKey(copy));
        assertTrue(jar.cookies().keySet().containsAll(genuine));
    }

    @Test
    void refusesAStateOfWhichOnlyTheEndWasChanged() throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        var changed = pending.state().substring(0, 42) + (pending.state().endsWith("A") ? "B" : "A");

        take(cookie, HTTPS, changed).assertRefused(Reason.UNKNOWN_STATE, "it or the state was changed");
    }

    @Test
    @DisplayName("AB-166 neither counts nor removes foreign cookies, two hundred of them")
    void neitherCountsNorRemovesForeignCookies() throws Exception {
        for (var i = 0; i < 200; i++) {
            jar.with("foreign" + i, "x".repeat(100));
        }
        var otherApplication = new Jar().take(put(cookie, BaseUrl.parse("https://members.example.org/b"), begin("/")));
        jar.with(otherApplication.name(), otherApplication.value());
        jar.with("sso-login-x", "y").with("__Host-sso-login-", "z").with("JSESSIONID", "node0");
        var foreign = Set.copyOf(jar.cookies().keySet());
        var pending = begin("/");

        var answer = put(cookie, HTTPS, pending);
        jar.take(answer);
        var removed =
                container.get("/", (request, response) -> cookie.removeAll(request, response, HTTPS), jar.header());

        assertEquals(1, answer.values("Set-Cookie").size());
        assertEquals(1, removed.values("Set-Cookie").size());
        assertEquals(foreign, jar.take(removed).cookies().keySet());
    }

    @Test
    void removesAllThatThisBrowserBegan() throws Exception {
        for (var i = 0; i < 3; i++) {
            jar.take(put(cookie, HTTPS, begin("/" + i)));
        }

        jar.take(container.get("/", (request, response) -> cookie.removeAll(request, response, HTTPS), jar.header()));

        assertEquals(Map.of(), jar.cookies());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-165 | Cookie: NAME=VALUE; NAME=VALUE
            AB-165 | Cookie: NAME=other; NAME=VALUE
            AB-165 | Cookie: NAME=VALUE; NAME=
            AB-165 | Cookie: NAME=VALUE~Cookie: NAME=VALUE
            AB-165 | Cookie: NAME=VALUE~Cookie: x=y; NAME=other
            AB-166 | Cookie: x="a; NAME=VALUE; b"
            AB-166 | Cookie: x="a; NAME=VALUE
            AB-166 | Cookie: x="a~Cookie: NAME=VALUE
            AB-166 | Cookie: $Version=1; NAME=VALUE
            AB-166 | Cookie: $version=1; NAME=VALUE
            AB-166 | Cookie: $Version="1"; NAME=VALUE; $Path=/
            AB-166 | Cookie: $Version=1~Cookie: NAME=VALUE
            """)
    void countsAsAbsentWhereTheHeaderCanBeReadInTwoWays(String id, String lines) throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        var headers =
                lines.replace("NAME", jar.name()).replace("VALUE", jar.value()).split("~");

        take(cookie, HTTPS, pending.state(), headers).assertRefused(Reason.UNKNOWN_STATE, "no login cookie for it");
        var put = container.get("/", (request, response) -> cookie.put(request, response, HTTPS, begin("/")), headers);
        assertEquals(1, put.values("Set-Cookie").size(), id);
    }

    @ParameterizedTest(name = "AB-166 {0}")
    @ValueSource(
            strings = {
                "Cookie: x=y; NAME=VALUE; z",
                "Cookie: x=5\"; NAME=VALUE",
                "Cookie: x=\"a b\"; NAME=VALUE",
                "Cookie: x=y~Cookie: NAME=VALUE",
                "Cookie: x=GS1.1.17$o1$g1; NAME=VALUE",
                "Cookie: =; ; NAME=VALUE",
                "Cookie: NAME=VALUE; x=\"",
                "Cookie: NAME=VALUE; x=\"a; b=\"",
                "Cookie: x={%22a%22:[1]}; NAME=VALUE",
                "Cookie: evil-NAME=x; NAME=VALUE",
                "Cookie: NAME2=x; NAME=VALUE",
                "Cookie: x=NAME; NAME=VALUE"
            })
    void isFoundAmongForeignCookies(String lines) throws Exception {
        var pending = begin("/");
        jar.take(put(cookie, HTTPS, pending));
        var headers =
                lines.replace("NAME", jar.name()).replace("VALUE", jar.value()).split("~");

        assertEquals(
                Optional.of(pending),
                take(cookie, HTTPS, pending.state(), headers).pending());
    }

    @Test
    @DisplayName("AB-164 is another one each time")
    void isAnotherOneEachTime() throws Exception {
        var pending = begin("/");

        var one = new Jar().take(put(cookie, HTTPS, pending));
        var two = new Jar().take(put(cookie, HTTPS, pending));

        assertEquals(one.name(), two.name());
        assertNotEquals(one.value(), two.value());
        assertNotEquals(one.value().substring(0, 16), two.value().substring(0, 16));
    }

    private record Taken(
            Optional<PendingLogin> pending, Optional<LoginFailedException> refusal, Container.Answer answer) {
        void assertRefused(Reason reason, String why) {
            assertEquals(Optional.of(reason), refusal.map(LoginFailedException::reason));
            assertTrue(
                    refusal.orElseThrow().getMessage().contains(why),
                    refusal.orElseThrow().getMessage());
        }

        void assertRemoves(String name) {
            assertEquals(1, answer.values("Set-Cookie").size());
            assertTrue(answer.values("Set-Cookie").get(0).startsWith(name + "=;"), answer.toString());
        }
    }

    private LoginCookie with(byte[]... keys) {
        return new LoginCookie(new Cookies("client", false), Sealer.withKeys(List.of(keys)), "client", clock);
    }

    private PendingLogin begin(String target) {
        return PendingLogin.begin(target, clock.instant());
    }

    private static String tag(Jar jar) {
        return jar.name().replaceFirst(".*login-(.{8})-.*", "$1");
    }

    private Container.Answer put(LoginCookie cookie, BaseUrl base, PendingLogin pending) throws Exception {
        return put(cookie, base, pending, jar);
    }

    private static Container.Answer put(LoginCookie cookie, BaseUrl base, PendingLogin pending, Jar jar)
            throws Exception {
        return container.get("/", (request, response) -> cookie.put(request, response, base, pending), jar.header());
    }

    private Taken take(LoginCookie cookie, BaseUrl base, String state) throws Exception {
        return take(cookie, base, state, jar.header());
    }

    private static Taken take(LoginCookie cookie, BaseUrl base, String state, String... headers) throws Exception {
        var taken = new AtomicReference<Optional<PendingLogin>>(Optional.empty());
        var refused = new AtomicReference<Optional<LoginFailedException>>(Optional.empty());
        var answer = container.get(
                "/",
                (request, response) -> {
                    try {
                        taken.set(Optional.of(cookie.take(request, response, base, state)));
                    } catch (LoginFailedException refusal) {
                        refused.set(Optional.of(refusal));
                    }
                },
                headers);
        return new Taken(taken.get(), refused.get(), answer);
    }
}

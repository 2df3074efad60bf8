package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says at start. */
class SettingsBannerTest {
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    @Test
    void listsEachSettingWithItsSource() throws Exception {
        var banner = Sources.recordWith("\"scopes\": \"openid\", \"clientSecret\": \"${env:SECRET}\",")
                .env("SECRET", "s3cr3t-of-the-client")
                .env("SSO_CLOCK_SKEW", "PT5S")
                .property("sso.sessionMaximum", "PT1H")
                .init("baseUrl", "https://members.example.org/portal/")
                .read()
                .banner();

        assertTrue(
                banner.containsAll(List.of(
                        "directory = /WEB-INF/sso.json (init-param directory)",
                        "name = AWS Cognito (record file /WEB-INF/sso.json)",
                        "scopes = openid (record file /WEB-INF/sso.json)",
                        "clientId = 4n8h2k7m (record file /WEB-INF/sso.json)",
                        "clientSecret = ******** (record file /WEB-INF/sso.json)",
                        "enablePkce = true (default)",
                        "clockSkew = PT5S (environment SSO_CLOCK_SKEW)",
                        "sessionMaximum = PT1H (system property sso.sessionMaximum)",
                        "baseUrl = https://members.example.org/portal/ (init-param baseUrl)",
                        "returnPath = /sso/return (default)",
                        "cookieKeys = derived from clientSecret (default)")),
                () -> String.join("\n", banner));
        assertTrue(banner.stream().noneMatch(line -> line.startsWith("tokenUrl")), banner::toString);
    }

    @Test
    @DisplayName("R-18 prints the Return URL and the sign-out URL to register")
    void printsWhatToRegister() throws Exception {
        var sources = Sources.least().init("baseUrl", "https://members.example.org/portal/");

        assertRegister(
                sources,
                "https://members.example.org/portal/sso/return",
                "https://members.example.org/portal/sso/signed-out");
        assertRegister(
                sources.init("returnPath", "/back").init("postLogoutTarget", "https://www.example.org/bye"),
                "https://members.example.org/portal/back",
                "https://www.example.org/bye");
    }

    @Test
    void saysWhatToRegisterWhereBaseUrlIsNotSet() throws Exception {
        var banner = Sources.least().read().banner();

        assertTrue(
                banner.stream()
                        .anyMatch(line -> line.startsWith(
                                "Return URL to register: http://localhost:PORT + context path + /sso/return")),
                banner::toString);
    }

    private static void assertRegister(Sources sources, String returnUrl, String signOutUrl) throws SettingsException {
        var banner = sources.read().banner();
        assertTrue(banner.contains("Return URL to register: " + returnUrl), banner::toString);
        assertTrue(banner.contains("Sign-out URL to register: " + signOutUrl), banner::toString);
    }

    @Test
    @DisplayName("AB-182 masks secrets in banner and toString, wherever they were repeated")
    void masksSecrets(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("other"), "from-a-file");
        var settings = Sources.least()
                .env("SSO_COOKIE_KEYS", KEY)
                .init("name", "s3cr3t-of-the-client")
                .init("authorizationParameters", "key=${file:" + file + "}")
                .read();

        String all = settings.banner() + settings.toString() + settings.warnings();

        assertFalse(all.contains("s3cr3t"), all);
        assertFalse(all.contains(KEY), all);
        assertFalse(all.contains("from-a-file"), all);
        assertTrue(all.contains("cookieKeys = ******** (environment SSO_COOKIE_KEYS)"), all);
        assertTrue(all.contains("key=${file:" + file + "}"), all);
        assertEquals(List.of("from-a-file"), settings.authorizationParameters().get("key"));
    }

    @Test
    @DisplayName("AB-182 a record shows of its secret only that it is there")
    void theRecordMasksItsSecret() throws Exception {
        String shown = Sources.least().read().directory().toString();

        assertTrue(shown.contains("clientId=4n8h2k7m, clientSecret=********"), shown);
        assertFalse(shown.contains("s3cr3t"), shown);
    }

    @Test
    void keepsEverySettingOnItsLine() throws Exception {
        var banner = Sources.least()
                .init("claims", "External ID = sub @ ID Token\nEmail = email @ ID Token")
                .read()
                .banner();

        assertTrue(
                banner.contains("claims = External ID = sub @ ID Token Email = email @ ID Token (init-param claims)"),
                banner::toString);
    }

    @Test
    @DisplayName("AB-197 notes that the username is no key where it can change")
    void notesAUsernameThatCanChange() throws Exception {
        var sources = Sources.least();
        assertEquals(
                1,
                sources.read().banner().stream()
                        .filter(line -> line.startsWith("Note: Username comes from \"email\""))
                        .count());

        var fixed = sources.init(
                        "claims", "External ID = sub @ ID Token; Username = sub @ ID Token; Email = email @ ID Token")
                .read();
        assertTrue(fixed.banner().stream().noneMatch(line -> line.startsWith("Note:")));
    }

    @Test
    @DisplayName("AB-204 warns of roles that users can write themselves")
    void warnsOfRolesFromACustomAttribute() throws Exception {
        var settings = Sources.least()
                .init("claims", "External ID = sub @ ID Token; Roles = custom:role @ ID Token")
                .read();

        assertWarning(settings, "custom:role");
    }

    @Test
    @DisplayName("AB-223 says which cookie keys are used, and warns of random ones")
    void warnsOfRandomCookieKeys() throws Exception {
        var settings = Sources.recordWith("").read();

        assertWarning(settings, "cookieKeys");
        assertTrue(settings.banner().contains("cookieKeys = random, for this process alone (default)"));
        assertTrue(settings.banner().contains("clientSecret = none: a public client (default)"));
        var confidential = Sources.least().read().banner();
        assertTrue(confidential.contains("cookieKeys = derived from clientSecret (default)"));
        assertFalse(confidential.contains("clientSecret = none: a public client (default)"));
        assertEquals(
                List.of(),
                Sources.recordWith("").env("SSO_COOKIE_KEYS", KEY).read().warnings());
    }

    @Test
    void warnsOfASignOutThatLeadsBackToSigningIn() throws Exception {
        var sources = Sources.least().init("postLogoutTarget", "/bye");

        assertWarning(sources.read(), "postLogoutTarget");
        assertWarning(sources.init("publicPaths", "/by /bye/more").read(), "postLogoutTarget");
        assertEquals(List.of(), sources.init("publicPaths", "/bye").read().warnings());
    }

    private static void assertWarning(Settings settings, String part) {
        assertEquals(1, settings.warnings().size(), () -> settings.warnings().toString());
        assertTrue(settings.warnings().get(0).contains(part), () -> settings.warnings()
                .toString());
    }

    @Test
    void theTableHoldsEverySettingWithItsDefault() {
        assertEquals(
                List.of(
                        new Settings.Row("directory", "–"),
                        new Settings.Row("baseUrl", "–"),
                        new Settings.Row("ssoPath", "/sso"),
                        new Settings.Row("returnPath", "/sso/return"),
                        new Settings.Row("healthPath", "–"),
                        new Settings.Row("publicPaths", "–"),
                        new Settings.Row("pathRoles", "–"),
                        new Settings.Row("roleMap", "–"),
                        new Settings.Row("rolePrefix", "–"),
                        new Settings.Row("defaultTarget", "/"),
                        new Settings.Row("postLogoutTarget", "/sso/signed-out"),
                        new Settings.Row("failurePage", "–"),
                        new Settings.Row("keepAttributes", "–"),
                        new Settings.Row("sessionMaximum", "PT8H"),
                        new Settings.Row("keepTokens", "false"),
                        new Settings.Row("logoutStyle", "–"),
                        new Settings.Row("listeners", "–"),
                        new Settings.Row("clockSkew", "PT60S"),
                        new Settings.Row("cookieKeys", "from the client secret (HKDF-SHA256)"),
                        new Settings.Row("authorizationParameters", "–"),
                        new Settings.Row("forwardParameters", "–"),
                        new Settings.Row("passPreflight", "false"),
                        new Settings.Row("proxy", "–"),
                        new Settings.Row("caFile", "–"),
                        new Settings.Row("setupRole", "–")),
                Settings.table());
        assertEquals(16, Settings.members().size());
        assertEquals(new Settings.Row("enablePkce", "true"), Settings.members().get(12));
    }
}

package dev.ssofilter;

import static dev.ssofilter.SetupScene.about;
import static dev.ssofilter.SetupScene.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the setup screen shows and takes. */
class SetupScreenTest {
    private SetupScene scene;

    @BeforeEach
    void start(@TempDir Path folder) {
        scene = new SetupScene(folder);
        scene.unlock();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private static List<String> describedBy(Browser.Answer page, String id) {
        var start = page.body().indexOf(" id=\"" + id + "\" name=");
        var field = page.body().substring(start, page.body().indexOf('>', start));
        assertTrue(field.contains(" aria-invalid=\"true\""), field);
        return List.of(
                field.replaceFirst(".* aria-describedby=\"([^\"]*)\".*", "$1").split(" "));
    }

    @Test
    void showsTheGuidesFieldsInTheGuidesOrder() {
        var page = scene.page().body();

        var at = -1;
        for (var label : List.of(
                "Discovery Domain",
                "Authorization URL",
                "Token URL",
                "Userinfo URL",
                "Issuer",
                "Scopes",
                "Client ID",
                "Client Secret",
                "Enable PKCE",
                "Enable Response Mode Form Post",
                "Enable Token Endpoint Basic Auth",
                "Return URL",
                "Claims Mapping")) {
            var next = page.indexOf(">" + label + "<");
            assertTrue(next > at, label);
            at = next;
        }
    }

    @Test
    void presetsWhatTheGuideSays() {
        scene.record.write("{}");

        var fields = SetupScene.fields(scene.page().body());

        assertEquals("openid profile email", fields.get("scopes"));
        assertEquals("true", fields.get("enablePkce"));
        assertFalse(fields.containsKey("enableResponseModeFormPost"));
        assertFalse(fields.containsKey("enableTokenEndpointBasicAuth"));
        assertEquals("External ID", fields.get("claim.0.field"));
        assertEquals("sub", fields.get("claim.0.claim"));
        assertEquals("Access Token", fields.get("claim.0.location"));
        assertEquals("ID Token", fields.get("claim.4.location"));
    }

    @Test
    void neverSendsTheSecretToTheBrowser() {
        var answers = List.of(
                scene.page(),
                scene.press("discover"),
                scene.press("show", "clientSecret", "a-new-Secret+123"),
                scene.press("show", "clientId", ""),
                scene.send("download", "clientId", "x"),
                scene.press("save"),
                scene.page());

        for (var answer : answers) {
            assertFalse(answer.body().contains(PretendUserPool.CLIENT_SECRET), answer.body());
            assertFalse(answer.body().contains("a-new-Secret+123"), answer.body());
        }
        assertTrue(scene.record.text().contains("a-new-Secret+123"), "it was saved");
    }

    @Test
    void takesTheSecretAwayWhereThereIsToBeNone() {
        scene.press("save", "noSecret", "true");

        assertFalse(scene.record.text().contains("clientSecret"), scene.record.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "discoveryDomain",
                "authorizationUrl",
                "tokenUrl",
                "userinfoUrl",
                "issuer",
                "scopes",
                "clientId",
                "clientSecret",
                "jwksUrl",
                "logoutUrl",
                "revocationUrl",
                "claim.0.field",
                "claim.0.claim",
                "claim.0.location"
            })
    void refusesAnAttackBesideTheField(String field) {
        var id = field.replace('.', '-');
        var before = scene.record.text();
        for (var attack : List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "openid\u0000x",
                "a\r\nSet-Cookie: b=c",
                "\u202Egro.elpmaxe",
                "x".repeat(1024 * 1024),
                "${env:PATH}",
                "${file:/etc/passwd}")) {

            for (var button : List.of("discover", "test", "save", "download")) {
                var page = scene.press(button, field, attack);

                assertEquals(200, page.status());
                assertTrue(page.body().contains("id=\"record\""), "the screen");
                assertTrue(about(page, id).contains("Problem:"), field + " " + button + " " + page.body());
                assertTrue(describedBy(page, id).contains(id + "-about"), "what a screen reader says");
                assertTrue(page.body().contains("<a href=\"#" + id + "\">"), "the way to the field");
                assertFalse(page.body().contains("<script>") || page.body().contains("<img"), "markup");
            }
        }
        assertEquals(before, scene.record.text());
        assertEquals(0, scene.pool.count("/oauth2/authorize"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${sys:java.version}", "${env:PATH}", "<script>"})
    void keepsNoSecretThatItRefused(String refused) {
        scene.press("save", "clientSecret", refused);

        var page = scene.press("save");

        assertTrue(page.body().contains("Saved."), page.body());
        assertFalse(scene.record.text().contains(refused), "a new placeholder in the file");
        assertTrue(scene.record.text().contains(PretendUserPool.CLIENT_SECRET), "the one before");
    }

    @Test
    void namesWhatIsWrongInTheOrderOfTheFields() {
        var page = scene.press("save", "claim.0.claim", "<", "clientSecret", "<", "issuer", "<", "name", "<");

        var links = Pattern.compile("<li><a href=\"#([^\"]*)\"")
                .matcher(page.body())
                .results()
                .map(link -> link.group(1))
                .toList();
        assertEquals(List.of("name", "issuer", "clientSecret", "claim-0-claim"), links);
    }

    @Test
    void refusesMoreThanAScreenCanSend() {
        var answer = scene.send("save", "name", "x".repeat(5 * 1024 * 1024));

        assertEquals(413, answer.status());
    }

    @Test
    void refusesWhatTheSettingsRefuseBesideTheField() {
        var page = scene.press("save", "tokenUrl", "http://members.example.org/token", "scopes", "profile");

        assertTrue(about(page, "tokenUrl").contains("is not https"), page.body());
        assertTrue(about(page, "scopes").contains("lacks openid"), page.body());
        assertTrue(page.body().contains("role=\"alert\""), page.body());
    }

    @Test
    void showsAPlaceholderAsItStandsAndNeverWhatItStandsFor() {
        scene.record.set("clientSecret", "${sys:java.version}");
        scene.record.set("tokenUrl", "${sys:user.dir}");

        var page = scene.page();

        assertTrue(page.body().contains("The file says ${sys:java.version}."), page.body());
        assertEquals("${sys:user.dir}", value(page, "tokenUrl"));
        assertTrue(about(page, "tokenUrl").contains("stands for"), about(page, "tokenUrl"));
        assertFalse(page.body().contains(System.getProperty("user.dir")), "resolved");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", " ", " true ", "true", "On"})
    void leavesPkceOnUnlessTheRecordSaysFalse(String standing) {
        scene.record.set("enablePkce", standing);

        var shown = value(scene.page(), "enablePkce");
        scene.press("save");

        assertEquals("true", shown);
        assertTrue(scene.record.text().contains("\"enablePkce\": true"), scene.record.text());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"false", " false "})
    void showsPkceOffWhereTheRecordSaysFalse(String standing) {
        scene.record.set("enablePkce", standing);

        assertEquals("(none)", value(scene.page(), "enablePkce"));
    }

    @Test
    void saysThatAToggleIsNeitherTrueNorFalse() {
        scene.record.set("enablePkce", "On");

        assertTrue(about(scene.page(), "enablePkce").contains("is neither true nor false"));
    }

    @Test
    void findsNothingWrongWhereNothingIsYet() {
        scene.record.delete();

        var page = scene.page();

        assertFalse(page.body().contains("role=\"alert\""), page.body());
        assertEquals("openid profile email", value(page, "scopes"));
    }

    @Test
    void saysThatAFolderStandsWhereTheRecordShould() throws IOException {
        scene.record.delete();
        Files.createDirectory(scene.record.file);

        var page = scene.page();

        assertTrue(page.body().contains("role=\"alert\""), page.body());
        assertTrue(page.body().contains("is no file on this machine"), page.body());
    }

    @Test
    void saysThatTheRecordCannotBeRead() throws IOException {
        Files.write(scene.record.file, new byte[] {(byte) 0xff});

        var page = scene.page();

        assertTrue(page.body().contains("role=\"alert\""), page.body());
        assertTrue(page.body().contains("cannot be read as UTF-8 text"), page.body());
    }

    @Test
    void addsAndRemovesClaims() {
        scene.press("add-claim");
        scene.press(
                "remove-claim-5",
                "claim.6.field",
                "Member Number",
                "claim.6.claim",
                "custom:member_no",
                "claim.6.location",
                "ID Token");
        var page = scene.press("save");

        assertTrue(page.body().contains("Saved."), page.body());
        assertTrue(scene.record.text().contains("custom:member_no"), scene.record.text());
        assertFalse(scene.record.text().contains("cognito:groups"), scene.record.text());
    }

    @Test
    void keepsWhatWasTypedUntilItIsSavedOrDiscarded() {
        scene.press("show", "name", "Typed");
        assertEquals("Typed", value(scene.page(), "name"));

        scene.press("discard");

        assertEquals("Pretend pool", value(scene.page(), "name"));
    }

    @Test
    void offersBothAddressesAndTheCommandThatRegistersThem() {
        var page = SetupScene.plain(scene.page().body());

        assertTrue(page.contains("value=\"" + scene.application.uri("/sso/return") + "\" readonly"), page);
        assertTrue(page.contains("value=\"" + scene.application.uri("/sso/signed-out") + "\" readonly"), page);
        assertTrue(page.contains(
                "aws cognito-idp update-user-pool-client --region 'us-east-1' --user-pool-id 'us-east-1_"));
        assertTrue(page.contains("resets everything that it does not name"), page);
    }

    @Test
    void servesItsScriptToWhoMayUseIt() {
        var script = scene.browser.get(scene.application.uri("/sso/setup?script"));
        var stranger = new Browser().get(scene.application.uri("/sso/setup?script"));

        assertEquals(
                "text/javascript;charset=utf-8",
                script.header("Content-Type").orElse("").toLowerCase(Locale.ROOT));
        assertTrue(script.body().contains("clipboard"), script.body());
        assertEquals(403, stranger.status());
    }

    @Test
    void offersTheRecordAsADownloadWithoutItsSecret() {
        var download = scene.send("download", "name", "Taken away");

        assertEquals(
                "attachment; filename=\"sso-directory.json\"",
                download.header("Content-Disposition").orElse(""));
        assertEquals("Taken away", Answers.json(download).get("name"));
        assertEquals("${env:SSO_CLIENT_SECRET}", Answers.json(download).get("clientSecret"));
    }
}

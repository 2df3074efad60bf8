package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertPage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that were there before: found once by verified e-mail, by External ID from then on. */
class AccountLinkingTest {
    private final Scene scene = Scene.with("listeners", AccountLinking.class.getName());
    private final AccountLinking.Member ana = AccountLinking.MEMBERS.add("417", "ana@example.org");

    @AfterEach
    void stop() {
        scene.close();
        AccountLinking.MEMBERS.clear();
    }

    @Test
    void linksByVerifiedEmailOnceAndByExternalIdFromThenOn() {
        scene.logIn();
        var linked = ana.linked();
        scene.browser = new Browser();
        scene.pool.nextIdToken(claims -> claims.claim("email", "ana@elsewhere.example"));
        scene.logIn();

        assertEquals(scene.pool.issuer() + " " + scene.pool.user().sub(), linked);
        assertEquals(linked, ana.linked());
        assertEquals(List.of("417"), ((Map<?, ?>) scene.me().get("attributes")).get("Member No"));
    }

    @Test
    void linksNobodyByAnEmailThatIsNotVerified() {
        scene.pool.nextIdToken(claims -> claims.claim("email_verified", false));

        assertPage(Reason.LOGIN_REFUSED, scene.logIn());

        assertEquals("", ana.linked());
        assertAnonymous(scene.browser, scene.application);
    }

    @Test
    void linksNobodyElseToAnAccountThatIsLinked() {
        scene.logIn();
        scene.browser = new Browser();
        scene.pool.nextIdToken(claims -> claims.claim("email", "ana@example.org"));

        assertPage(Reason.LOGIN_REFUSED, scene.browser.logInFrom(scene.application.uri("/orders"), scene.pool.admin()));
    }

    @Test
    void standsInTheReadmeAsItIsCompiled() throws IOException {
        var source = Files.readString(Path.of("src/test/java/dev/ssofilter/AccountLinking.java"));
        var method = source.substring(
                source.indexOf("public LoginDecision beforeLogin"), source.indexOf("    /** One line of the table."));

        assertTrue(plain(Files.readString(Path.of("../README.md"))).contains(plain(method)), method);
    }

    private static String plain(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}

package dev.ssofilter.sample;

import dev.ssofilter.chromium.Chromium;
import dev.ssofilter.chromium.InChromium;
import dev.ssofilter.chromium.Look;
import dev.ssofilter.testkit.PretendUser;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The pages of the sample, as {@code dev.ssofilter.chromium.LookTest} has those of the filter. */
@InChromium
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SampleLookTest {
    private static final PretendUserPool POOL = PretendUserPool.start();
    private static Site site;

    private final Chromium chromium;

    SampleLookTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    static void deploy() throws Exception {
        POOL.client().allowAnyLoopbackUrl();
        System.setProperty("sso.discoveryDomain", POOL.tokenSigningKeyUrl().toString());
        site = Site.start(Path.of(System.getProperty("sample.war")), "/sso-sample", 0);
    }

    @AfterAll
    static void undeploy() throws Exception {
        site.close();
        POOL.close();
        System.clearProperty("sso.discoveryDomain");
    }

    @Test
    void showsTheHomePageToEverybody() {
        chromium.open(site.at("/"));
        chromium.awaitPage("Welcome – Harbour Rowing Club");

        Look.examine(chromium, "sample-home");
    }

    @Test
    void showsAMemberTheirPages() {
        signIn("/members", POOL.user(), "Your membership");
        Look.examine(chromium, "sample-members");

        chromium.open(site.at("/"));
        chromium.awaitPage("Welcome – Harbour Rowing Club");
        Look.examine(chromium, "sample-home-member");

        chromium.open(site.at("/admin"));
        chromium.awaitPage("Not for you – Harbour Rowing Club");
        Look.examine(chromium, "sample-not-for-you");
    }

    @Test
    void showsAnAdministratorTheirPage() {
        signIn("/admin", POOL.admin(), "Administration");

        Look.examine(chromium, "sample-admin");
    }

    private void signIn(String path, PretendUser user, String title) {
        chromium.open(site.at(path));
        chromium.signIn(user);
        chromium.awaitPage(title + " – Harbour Rowing Club");
    }
}

package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code healthPath} is a path of the filter's own, and no other's. */
class HealthPathTest {
    @Test
    void isNowhereUnlessSet() throws Exception {
        assertEquals(Optional.empty(), Sources.least().read().healthPath());
        assertEquals(
                Optional.of("/sso/health"),
                Sources.least().init("healthPath", "/sso/health").read().healthPath());
    }

    @ParameterizedTest(name = "refuses {0}")
    @ValueSource(
            strings = {
                "healthz",
                "/",
                "/healthz/",
                "/health/*",
                "/a//b",
                "/a?b",
                "/WEB-INF/health",
                "/sso/login",
                "/sso/logout",
                "/sso/me",
                "/sso/signed-out",
                "/sso/return"
            })
    void refusesAPathThatIsNoneOrAnothers(String path) {
        Sources.least()
                .init("healthPath", path)
                .onlyProblem("healthPath (init-param healthPath): got \"" + path + "\"");
    }

    @ParameterizedTest(name = "refuses it as {0}")
    @CsvSource({
        "publicPaths, /healthz",
        "defaultTarget, /healthz?x=1",
        "failurePage, /healthz",
        "postLogoutTarget, /healthz"
    })
    void refusesItAsAPathOfTheApplication(String setting, String value) {
        Sources.least().init("healthPath", "/healthz").init(setting, value).onlyProblem(setting, "filter's own");
    }
}

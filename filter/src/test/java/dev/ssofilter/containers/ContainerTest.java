package dev.ssofilter.containers;

import dev.ssofilter.testkit.PretendUserPool;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The filter is the same in every container: in those that this JVM has in itself and, with the profile
 * {@code containers}, in those that users download.
 */
@Tag("containers")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.ssofilter.containers.Container#underTest")
class ContainerTest {
    private static final String ANY_POOL =
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/.well-known/jwks.json";

    @TempDir
    static Path folder;

    private static Container current;
    private static PretendUserPool pool;
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) {
        current = container;
        pool = PretendUserPool.start();
        var applications = applications(container);
        site = Site.of(container, folder.resolve(container.name()), pool, applications);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
        pool.close();
    }

    private static WebApplication[] applications(Container container) {
        var files = Map.of(
                "index.html", PathsSuite.SECRET,
                "admin/minutes.txt", PathsSuite.SECRET,
                "admin/index.html", PathsSuite.SECRET,
                "public/hours.txt", PathsSuite.OPEN,
                "healthz", PathsSuite.OPEN);
        return List.of(
                        WebApplication.at("", pool),
                        WebApplication.at("/site", pool).ofFiles(container, files),
                        WebApplication.at("/app", pool),
                        WebApplication.at("/plain", pool),
                        WebApplication.at("/all", pool).alsoFor(DispatcherType.values()),
                        WebApplication.at("/kept", pool, "keepAttributes", "visit"),
                        WebApplication.at("/other", pool).sharingItsSessionCookie(),
                        WebApplication.at("/shared", pool).sharingItsSessionCookie(),
                        WebApplication.at("/urls", pool).trackingSessionsByUrlToo(),
                        WebApplication.at(
                                "/secure", pool, "baseUrl", "https://members.example.org", "discoveryDomain", ANY_POOL),
                        WebApplication.at("/none", pool).withSameSite("None"),
                        WebApplication.at("/named", pool).namingItsSessionCookie(),
                        WebApplication.at("/own", pool, "failurePage", "/inside/failure"))
                .toArray(WebApplication[]::new);
    }

    static Container container() {
        return current;
    }

    static PretendUserPool pool() {
        return pool;
    }

    static Site site() {
        return site;
    }

    @Nested
    class Login extends LoginSuite {}

    @Nested
    class Logout extends LogoutSuite {}

    @Nested
    class Paths extends PathsSuite {}

    @Nested
    class Dispatch extends DispatchSuite {}

    @Nested
    class Session extends SessionSuite {}
}

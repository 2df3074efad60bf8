package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.testkit.PretendUserPool;
import org.junit.jupiter.api.Test;

/** What is public and what is not, over the wire; the paths that are written in odd ways are the containers' tests'. */
class PublicPathsTest {
    @Test
    void makesSigningInOptionalEverywhereWhereAllIsPublic() {
        try (var pool = PretendUserPool.start();
                var open = Application.of(pool, "publicPaths", "/*")) {
            assertEquals(200, Raw.status(Raw.get(open.port(), "/anything")));
            assertEquals(302, Raw.status(Raw.get(open.port(), "/sso/login")), "own paths stay ours");
        }
    }
}

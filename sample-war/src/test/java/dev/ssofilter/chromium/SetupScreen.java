package dev.ssofilter.chromium;

import dev.ssofilter.testkit.PretendClient;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** An application without a directory record, whose administrator has a pool with a new app client, the log, and Chromium. */
final class SetupScreen implements AutoCloseable {
    static final String TITLE = "Directory record";

    final PretendUserPool pool = PretendUserPool.start();
    /** As the guide makes it: without a Return URL yet. */
    final PretendClient client =
            pool.client("newappclient00000000000001", "newsecret+for_loopback_only000000000000000000000000");

    final WebApplication application;
    final Path record;
    private final SetupToken token = new SetupToken();
    private final Chromium chromium;

    SetupScreen(Chromium chromium, Path folder) {
        this.chromium = chromium;
        record = folder.resolve("sso-directory.json");
        application = WebApplication.start(pool, new WebApplication.Plan().setUpOnTheScreen(record));
    }

    void open() {
        chromium.open(application.uri("/sso/setup/"));
    }

    void unlock() {
        chromium.type("#token", token.read());
        chromium.pressAndArrive("#unlock");
        chromium.awaitPage(TITLE);
    }

    void press(String button) {
        chromium.pressAndArrive("#" + button);
        chromium.awaitPage(TITLE);
    }

    void enter(String field, String text) {
        chromium.fill("#" + field, text);
    }

    String value(String field) {
        return chromium.value("#" + field);
    }

    /** Field, claim and location of each row. */
    List<String> claims() {
        var cells = chromium.values(".claims input, .claims select");
        return IntStream.range(0, cells.size() / 3)
                .mapToObj(row -> String.join(" ", cells.subList(3 * row, 3 * row + 3)))
                .toList();
    }

    /** What is said beside the field. */
    List<String> about(String field) {
        return chromium.texts("#" + field + "-about p");
    }

    /** What came of the last step. */
    String outcome() {
        return String.join("\n", chromium.texts("#outcome"));
    }

    @Override
    public void close() {
        application.close();
        token.close();
        pool.close();
    }
}

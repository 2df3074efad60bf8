package dev.ssofilter;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** A pool, an application with the setup screen whose record is a file of this machine, and an administrator's browser. */
final class SetupScene implements AutoCloseable {
    private static final String PATH = "/sso/setup";
    private static final Pattern TOKEN = Pattern.compile("one-time token: ([\\w-]+)");
    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>");
    private static final Pattern SELECT =
            Pattern.compile("<select\\b([^>]*)>.*?<option selected>([^<]*)<", Pattern.DOTALL);

    final PretendUserPool pool = PretendUserPool.start();
    final LogBook log = new LogBook();
    final RecordOnDisk record;
    final Application application;
    final Browser browser = new Browser();

    /** With a record that is right, and settings on top: name and value in turn. */
    SetupScene(Path folder, String... settings) {
        record = RecordOnDisk.of(pool, folder);
        application =
                record.application(pool).also(SetupScene::map).set(settings).start();
    }

    /** Without a record: the file is not there yet. */
    static SetupScene withoutRecord(Path folder) {
        return new SetupScene(folder, true);
    }

    private SetupScene(Path folder, boolean none) {
        record = RecordOnDisk.of(pool, folder);
        if (none) {
            record.delete();
        }
        application = record.application(pool).also(SetupScene::map).start();
    }

    static void map(ServletContextHandler context) {
        context.addServlet(new ServletHolder("sso-setup", new SsoSetupServlet()), PATH + "/*");
    }

    URI uri() {
        return application.uri(PATH);
    }

    /** The last one-time token in the log. */
    String token() {
        return log.lines().stream()
                .flatMap(line -> TOKEN.matcher(line).results())
                .map(found -> found.group(1))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Enters the one-time token and goes on to the screen. */
    Browser.Answer unlock() {
        return browser.follow(post(browser, "token=" + token()));
    }

    /** A form as a page of this application sends it. */
    Browser.Answer post(Browser anyBrowser, String body, String... headers) {
        var all = new String[headers.length + 4];
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        all[2] = "Sec-Fetch-Site";
        all[3] = "same-origin";
        System.arraycopy(headers, 0, all, 4, headers.length);
        return anyBrowser.request("POST", uri(), body, all);
    }

    Browser.Answer page() {
        return browser.navigate(uri());
    }

    /** Fills in the screen as it stands, presses a button and goes on to the screen that comes of it. */
    Browser.Answer press(String button, String... namesAndValues) {
        var answer = send(button, namesAndValues);
        return answer.location().filter(uri()::equals).isPresent() ? browser.follow(answer) : answer;
    }

    /** The same, and no step further. An empty value unticks a box. */
    Browser.Answer send(String button, String... namesAndValues) {
        var fields = fields(page().body());
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        fields.put("do", button);
        return post(browser, encoded(fields));
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What a browser would send of this page. */
    static Map<String, String> fields(String html) {
        var fields = new LinkedHashMap<String, String>();
        INPUT.matcher(html).results().map(input -> input.group(1)).forEach(input -> {
            var sent = !input.contains("type=\"checkbox\"") || input.contains(" checked");
            attribute(input, "name")
                    .filter(name -> sent)
                    .ifPresent(
                            name -> fields.put(name, attribute(input, "value").orElse("")));
        });
        SELECT.matcher(html)
                .results()
                .forEach(select -> fields.put(attribute(select.group(1), "name").orElseThrow(), select.group(2)));
        return fields;
    }

    /** What stands in a field. */
    static String value(Browser.Answer page, String name) {
        return fields(page.body()).getOrDefault(name, "(none)");
    }

    /** What is said beside a field. */
    static String about(Browser.Answer page, String member) {
        var start = page.body().indexOf("<div id=\"" + member + "-about\">");
        return start < 0 ? "" : plain(page.body().substring(start, page.body().indexOf("</div>", start)));
    }

    private static Optional<String> attribute(String input, String name) {
        var found = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(input);
        return found.find() ? Optional.of(plain(found.group(1))) : Optional.empty();
    }

    static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    @Override
    public void close() {
        application.close();
        pool.close();
        log.close();
    }
}

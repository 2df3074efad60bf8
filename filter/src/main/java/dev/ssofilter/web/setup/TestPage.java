package dev.ssofilter.web.setup;

import dev.ssofilter.directory.ClaimMapper;
import dev.ssofilter.directory.ClaimTrial;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Location;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.TestResult;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.web.Html;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a test sign-in brought, for the eyes of the one who signed in. Nothing of it is kept. */
final class TestPage {
    private TestPage() {}

    static Html failed(LoginFailedException failure, Hidden hidden, String back) {
        return Html.of(
                """
                <p>Nobody could sign in with this record. Nobody was signed in by the test.</p>
                <p class="problem" id="test-failure"><strong>{}</strong>: {}</p>
                {}""",
                failure.reason(),
                hidden.in(Optional.ofNullable(failure.getMessage()).orElse("")),
                back(back));
    }

    static Html another(String back) {
        return Html.of(
                "<p class=\"problem\" id=\"test-failure\">The response belongs to another sign-in. Try again.</p>{}",
                back(back));
    }

    static Html of(TestResult result, Settings settings, String back) {
        var mappings = settings.directory().claims();
        try {
            var user = new ClaimMapper(mappings, settings.roleNames()).principal(result.issuer(), result.claims());
            var success = Html.of(
                    "<p class=\"good\" id=\"test-success\">Signing in works with this record. Nobody was signed in by the"
                            + " test, and nothing on this page is kept.</p>");
            return page(success, ClaimTrial.rows(mappings, result.claims(), user), result, back);
        } catch (LoginFailedException refused) {
            var failure = Html.of(
                    "<p class=\"problem\" id=\"test-failure\"><strong>{}</strong>: {}</p>",
                    refused.reason(),
                    Optional.ofNullable(refused.getMessage()).orElse(""));
            return page(failure, ClaimTrial.rows(mappings, result.claims()), result, back);
        }
    }

    private static Html page(Html outcome, List<ClaimTrial.Row> rows, TestResult result, String back) {
        return Html.join(List.of(
                outcome,
                Html.of("""
                        <section aria-labelledby="mapped"><h2 id="mapped">What the application would see</h2>
                        <div class="wide" tabindex="0" role="region" aria-labelledby="mapped"><table id="mapped-fields">
                        <thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Claim</th></tr></thead>
                        <tbody>{}</tbody></table></div></section>""", Html.join(rows.stream().map(TestPage::row).toList())),
                Html.join(Arrays.stream(Location.values())
                        .map(location -> part(
                                location,
                                Optional.ofNullable(result.parts().get(location))
                                        .orElseThrow()))
                        .toList()),
                back(back)));
    }

    private static Html row(ClaimTrial.Row row) {
        var warnings = row.warnings().stream()
                .map(warning -> Html.of("<p class=\"warning\">Warning: {}</p>", warning))
                .toList();
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}{}</td><td>{} @ {}</td></tr>",
                row.mapping().field(),
                row.value().map(value -> Html.of("<code>{}</code>", value)).orElse(Html.NOTHING),
                Html.join(warnings),
                row.mapping().claim(),
                row.mapping().location().label());
    }

    private static Html part(Location location, TestResult.Part part) {
        var id = location.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var header = part.header()
                .map(json -> Html.of(
                        "<h3>Header</h3><pre tabindex=\"0\" id=\"{}-header\">{}</pre>", id, TestResult.readable(json)))
                .orElse(Html.NOTHING);
        var content = part.refused()
                .map(why -> Html.of("<p class=\"warning\">{}</p>", why))
                .orElseGet(() -> Html.of(
                        "<h3>Claims</h3><pre tabindex=\"0\" id=\"{}-claims\">{}</pre>", id, Json.write(part.claims())));
        return Html.of(
                "<section aria-labelledby=\"{}\"><h2 id=\"{}\">{}</h2>{}{}</section>",
                id,
                id,
                location.label(),
                header,
                content);
    }

    private static Html back(String href) {
        return Html.of("<p><a class=\"action\" id=\"back\" href=\"{}\">Back to the directory record</a></p>", href);
    }
}

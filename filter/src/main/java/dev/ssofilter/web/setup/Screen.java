package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.web.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The directory record as one page, with the guide's fields, names and order. */
final class Screen {
    private static final List<String> OTHERS =
            List.of(Members.SECRET, Members.CLAIMS, Members.RETURN, Members.SIGN_OUT);

    private final SetupHost host;
    private final BaseUrl base;
    private final SetupSession session;
    private final boolean savable;
    private final Draft draft;
    private final Report report;
    private final Fields fields;

    Screen(SetupHost host, RecordStore store, BaseUrl base, SetupSession session) {
        this.host = host;
        this.base = base;
        this.session = session;
        savable = store.file().isPresent();
        var state = store.read();
        var work = session.work();
        draft = work.draft().orElseGet(() -> Members.draft(state));
        report = work.isNone() ? opening(state) : work.report();
        fields = new Fields(draft, report, state.members(), Settings.overruled(host.sources()));
    }

    /** What is wrong with the record as it stands; of one that is not there, nothing: it is to be filled in first. */
    private Report opening(RecordStore.State state) {
        if (state.problem().isPresent()) {
            return Report.problem("", Report.GENERAL, state.problem().get());
        }
        try {
            if (!state.members().isEmpty()) {
                new Trial(host.sources()).settings(state.members(), base);
            }
            return Report.NOTHING;
        } catch (Trial.RefusedException refused) {
            return Report.refused("The record as it stands cannot be used.", refused.problems());
        }
    }

    Html html() {
        return Html.of(
                """
                {}
                <form method="post" action="{}" id="record" novalidate>
                <button name="do" value="show" hidden>Look at it</button>
                <input type="hidden" name="csrf" value="{}"><input type="hidden" name="digest" value="{}">
                {}
                {}
                {}
                {}
                </form>
                <script src="{}?script" defer></script>""",
                outcome(),
                base.value() + host.path(),
                session.csrf(),
                draft.digest(),
                directory(),
                Register.of(draft, host.settings().get(), base, fields),
                ClaimsTable.of(draft.claims(), fields),
                buttons(),
                base.value() + host.path());
    }

    private Html directory() {
        var discover =
                Html.of("<button class=\"plain\" id=\"discover\" name=\"do\" value=\"discover\">Discover…</button>");
        return Html.join(List.of(
                text("name"),
                fields.text("discoveryDomain", discover),
                Html.of(
                        "<p class=\"toggle field\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"true\">"
                                + "<label for=\"{}\">{}</label></p>",
                        Discover.REPLACE,
                        Discover.REPLACE,
                        Discover.REPLACE,
                        Words.label(Discover.REPLACE)),
                text("authorizationUrl"),
                text("tokenUrl"),
                text("userinfoUrl"),
                text("issuer"),
                text("scopes"),
                text("clientId"),
                fields.secret(),
                fields.flag("enablePkce"),
                fields.flag("enableResponseModeFormPost"),
                fields.flag("enableTokenEndpointBasicAuth"),
                Html.of(
                        "<details{}><summary>More addresses</summary>{}{}{}</details>",
                        new Html(" open")
                                .onlyIf(report.problems().containsKey("jwksUrl")
                                        || report.problems().containsKey("logoutUrl")
                                        || report.problems().containsKey("revocationUrl")),
                        text("jwksUrl"),
                        text("logoutUrl"),
                        text("revocationUrl"))));
    }

    private Html text(String name) {
        return fields.text(name, Html.NOTHING);
    }

    /** What came of the last step, first on the page, each problem with a way to its field. */
    private Html outcome() {
        var lines = new ArrayList<Html>();
        report.problems()
                .forEach((name, problems) -> problems.forEach(
                        problem -> lines.add(line(name, Html.of("<p class=\"problem\">{}</p>", problem)))));
        report.findings().stream()
                .filter(finding ->
                        finding.status() == Finding.Status.FAILED || finding.status() == Finding.Status.WARNING)
                .map(finding -> line(finding.setting().orElse(""), Fields.finding(finding)))
                .forEach(lines::add);
        if (lines.isEmpty() && report.notice().isEmpty()) {
            return Html.NOTHING;
        }
        return Html.of(
                "<div class=\"outcome\" id=\"outcome\" role=\"{}\"><p><strong>{}</strong></p>{}{}</div>",
                lines.isEmpty() ? "status" : "alert",
                report.notice(),
                Html.of("<ul>{}</ul>", Html.join(lines)).onlyIf(!lines.isEmpty()),
                findings());
    }

    /** All that was checked, in its order; what concerns a field stands beside the field, too. */
    private Html findings() {
        var rows = report.findings().stream()
                .map(finding -> Html.of(
                        "<li><strong>{}</strong>{}</li>", finding.check().title(), Fields.finding(finding)))
                .toList();
        return Html.of(
                        "<details id=\"findings\"><summary>Everything that was checked</summary><ul>{}</ul></details>",
                        Html.join(rows))
                .onlyIf(!rows.isEmpty());
    }

    private static Html line(String name, Html text) {
        var row = ClaimsTable.isCell(name);
        var onScreen = row || Stream.of(Members.TEXTS, Members.FLAGS, OTHERS).anyMatch(names -> names.contains(name));
        var label = Words.label(row ? Members.CLAIMS : name);
        return Html.of("<li>{}{}</li>", onScreen ? Html.of("<a href=\"#{}\">{}</a>", name, label) : label, text);
    }

    private Html buttons() {
        return Html.of(
                """
                <div class="buttons">
                <button class="plain" id="check" name="do" value="check">Check</button>
                <button class="plain" id="test" name="do" value="test">Test sign-in</button>
                {}
                <button class="plain" id="download" name="do" value="download">Download</button>
                <button class="plain" id="discard" name="do" value="discard">Discard changes</button>
                </div>
                <p class="hint">{}</p>""",
                Html.of("<button class=\"action\" id=\"save\" name=\"do\" value=\"save\">Save</button>")
                        .onlyIf(savable),
                savable
                        ? "Save puts the record into its file and keeps the version before. It is in effect for new logins at once."
                        : "The record is not in a file: place, so it cannot be saved here. Download it and put it where"
                                + " `directory` points to; the secret is not in the download.");
    }
}

package dev.ssofilter.web.setup;

import dev.ssofilter.oidc.Finding;
import dev.ssofilter.web.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of the form, each with its label, its hint and all that there is to say about what it holds. */
final class Fields {
    private final Draft draft;
    private final Report report;
    private final Map<String, Object> inFile;
    private final Map<String, String> overruled;

    /** @param overruled the members that another source gives, and which source that is */
    Fields(Draft draft, Report report, Map<String, Object> inFile, Map<String, String> overruled) {
        this.draft = draft;
        this.report = report;
        this.inFile = inFile;
        this.overruled = overruled;
    }

    /** A text, with something behind it in the same line. */
    Html text(String name, Html behind) {
        var input = Html.of(
                "<input id=\"{}\" name=\"{}\" value=\"{}\" autocomplete=\"off\" spellcheck=\"false\"{}>",
                name,
                name,
                draft.text(name),
                described(name));
        return field(
                name,
                behind.text().isEmpty() ? input : Html.of("<div class=\"with-button\">{}{}</div>", input, behind));
    }

    Html flag(String name) {
        var fixed = Members.isPlaceholder(inFile.getOrDefault(name, ""));
        return Html.of(
                "<div class=\"field toggle\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"true\"{}{}{}>"
                        + "<label for=\"{}\">{}</label><p class=\"hint\" id=\"{}-hint\">{}</p>{}{}</div>",
                name,
                name,
                new Html(" checked").onlyIf(draft.flag(name)),
                new Html(" disabled").onlyIf(fixed),
                described(name),
                name,
                Words.label(name),
                name,
                Words.hint(name),
                Html.of("<p class=\"note\">The file says {}.</p>", String.valueOf(inFile.getOrDefault(name, "")))
                        .onlyIf(fixed),
                about(name));
    }

    /** The secret goes in and never comes out. */
    Html secret() {
        var name = Members.SECRET;
        return field(
                name,
                Html.of(
                        "<p class=\"note\" id=\"{}-state\">{}</p><input type=\"password\" id=\"{}\" name=\"{}\""
                                + " autocomplete=\"new-password\"{}><p class=\"toggle\"><input type=\"checkbox\" id=\"noSecret\" name=\"noSecret\""
                                + " value=\"true\"{}><label for=\"noSecret\">No secret: a public client</label></p>",
                        name,
                        state(),
                        name,
                        name,
                        described(name),
                        new Html(" checked").onlyIf(draft.secret() instanceof Draft.Secret.None)));
    }

    private String state() {
        if (draft.secret() instanceof Draft.Secret.Typed) {
            return "A new secret is entered. It is not saved yet.";
        }
        var stands = Optional.ofNullable(inFile.get(Members.SECRET)).map(Object::toString);
        return draft.secret() instanceof Draft.Secret.None || stands.isEmpty()
                ? "There is none."
                : Members.isPlaceholder(stands.get())
                        ? "The file says " + stands.get() + "."
                        : "The file has one, which is not shown.";
    }

    private Html field(String name, Html input) {
        return Html.of(
                "<div class=\"field\" id=\"field-{}\"><label for=\"{}\">{}</label><p class=\"hint\" id=\"{}-hint\">{}</p>{}{}</div>",
                name,
                name,
                Words.label(name),
                name,
                Words.hint(name),
                input,
                about(name));
    }

    /** Everything that is said of a field, as far as it is not its hint. */
    Html about(String name) {
        var lines = new ArrayList<Html>();
        report.problems(name).forEach(problem -> lines.add(line("problem", "Problem", problem)));
        Optional.ofNullable(report.notes().get(name)).ifPresent(note -> lines.add(line("note", "Discover", note)));
        Optional.ofNullable(overruled.get(name))
                .ifPresent(source ->
                        lines.add(line("warning", "Overruled", source + " gives another value, which wins.")));
        report.findings(name).forEach(finding -> lines.add(finding(finding)));
        return lines.isEmpty()
                ? Html.NOTHING
                : Html.of("<div id=\"{}-about\">{}</div>", name, Html.join(List.copyOf(lines)));
    }

    static Html finding(Finding finding) {
        var status = finding.status();
        return Html.of(
                "<p class=\"{}\"><strong>{}:</strong> {}{}</p>",
                status == Finding.Status.FAILED ? "problem" : status.name().toLowerCase(Locale.ROOT),
                Words.label(status.name()),
                finding.found(),
                finding.remedy()
                        .map(remedy -> Html.of("<br>What to do: {}", remedy))
                        .orElse(Html.NOTHING));
    }

    private static Html line(String kind, String word, String text) {
        return Html.of("<p class=\"{}\"><strong>{}:</strong> {}</p>", kind, word, text);
    }

    /** What a screen reader says with the field. */
    private Html described(String name) {
        var described = name + "-hint"
                + (name.equals(Members.SECRET) ? " " + name + "-state" : "")
                + (about(name).text().isEmpty() ? "" : " " + name + "-about");
        return Html.of(
                " aria-describedby=\"{}\"{}",
                described,
                new Html(" aria-invalid=\"true\"").onlyIf(!report.problems(name).isEmpty()));
    }
}

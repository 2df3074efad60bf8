package dev.ssofilter.web.setup;

import dev.ssofilter.directory.Location;
import dev.ssofilter.web.Html;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The guide's table of field, claim and location, a row each. */
final class ClaimsTable {
    private ClaimsTable() {}

    static Html of(List<Draft.Row> rows, Html about) {
        return Html.of(
                """
                <section aria-labelledby="claims" id="field-claims"><h2 id="claims" tabindex="-1">{}</h2>
                <p class="hint">{}</p>{}
                <table class="claims"><thead><tr><th scope="col">Field</th><th scope="col">Claim Name</th>
                <th scope="col">Location</th><th scope="col">Remove</th></tr></thead><tbody>{}</tbody></table>
                <p><button class="plain" id="add-claim" name="do" value="add-claim">Add a claim</button></p></section>""",
                Words.label(Members.CLAIMS),
                Words.hint(Members.CLAIMS),
                about,
                Html.join(IntStream.range(0, rows.size())
                        .mapToObj(i -> row(i, rows.get(i)))
                        .toList()));
    }

    private static Html row(int i, Draft.Row row) {
        var which = row.field().isEmpty() ? "row " + (i + 1) : row.field();
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td><button class=\"plain\" id=\"remove-claim-{}\" name=\"do\""
                        + " value=\"remove-claim-{}\" aria-label=\"Remove {}\">Remove</button></td></tr>",
                cell(i, "field", "Field", row.field()),
                cell(i, "claim", "Claim Name", row.claim()),
                location(i, row.location()),
                i,
                i,
                which);
    }

    private static Html cell(int i, String name, String label, String value) {
        return Html.of(
                "<input id=\"claim-{}-{}\" name=\"claim.{}.{}\" value=\"{}\" aria-label=\"{}, row {}\" autocomplete=\"off\""
                        + " spellcheck=\"false\">",
                i,
                name,
                i,
                name,
                value,
                label,
                i + 1);
    }

    private static Html location(int i, String chosen) {
        var known = Arrays.stream(Location.values()).map(Location::label).toList();
        var options = known.contains(chosen)
                ? known
                : IntStream.range(0, known.size() + 1)
                        .mapToObj(each -> each == 0 ? chosen : known.get(each - 1))
                        .toList();
        return Html.of(
                "<select id=\"claim-{}-location\" name=\"claim.{}.location\" aria-label=\"Location, row {}\">{}</select>",
                i,
                i,
                i + 1,
                Html.join(options.stream()
                        .map(label -> Html.of(
                                "<option{}>{}</option>", new Html(" selected").onlyIf(label.equals(chosen)), label))
                        .toList()));
    }
}

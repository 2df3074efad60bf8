package dev.ssofilter.web.setup;

import dev.ssofilter.directory.Location;
import dev.ssofilter.web.Html;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The guide's table of field, claim and location, a row each. */
final class ClaimsTable {
    private static final String CELL = "claim-";

    private ClaimsTable() {}

    /** Under this name stands what is wrong with one cell alone. */
    static String cellId(int row, String name) {
        return CELL + row + "-" + name;
    }

    static boolean isCell(String name) {
        return name.startsWith(CELL);
    }

    static Html of(List<Draft.Row> rows, Fields fields) {
        return Html.of(
                """
                <section aria-labelledby="claims" id="field-claims"><h2 id="claims" tabindex="-1">{}</h2>
                <p class="hint">{}</p>{}
                <table class="claims"><thead><tr><th scope="col">Field</th><th scope="col">Claim Name</th>
                <th scope="col">Location</th><th scope="col">Remove</th></tr></thead><tbody>{}</tbody></table>
                <p><button class="plain" id="add-claim" name="do" value="add-claim">Add a claim</button></p></section>""",
                Words.label(Members.CLAIMS),
                Words.hint(Members.CLAIMS),
                fields.about(Members.CLAIMS),
                Html.join(IntStream.range(0, rows.size())
                        .mapToObj(i -> row(i, rows.get(i), fields))
                        .toList()));
    }

    private static Html row(int i, Draft.Row row, Fields fields) {
        var which = row.field().isEmpty() ? "row " + (i + 1) : row.field();
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td><button class=\"plain\" id=\"remove-claim-{}\" name=\"do\""
                        + " value=\"remove-claim-{}\" aria-label=\"Remove {}\">Remove</button></td></tr>",
                text(i, "field", "Field", row.field(), fields),
                text(i, "claim", "Claim Name", row.claim(), fields),
                location(i, row.location(), fields),
                i,
                i,
                which);
    }

    private static Html text(int i, String name, String label, String value, Fields fields) {
        return Html.of(
                "<input{} value=\"{}\" autocomplete=\"off\" spellcheck=\"false\">{}",
                attributes(i, name, label, fields),
                value,
                fields.about(cellId(i, name)));
    }

    private static Html attributes(int i, String name, String label, Fields fields) {
        var id = cellId(i, name);
        return Html.of(
                " id=\"{}\" name=\"claim.{}.{}\" aria-label=\"{}, row {}\"{}",
                id,
                i,
                name,
                label,
                i + 1,
                Html.of(" aria-describedby=\"{}-about\" aria-invalid=\"true\"", id)
                        .onlyIf(!fields.about(id).text().isEmpty()));
    }

    private static Html location(int i, String chosen, Fields fields) {
        var known = Arrays.stream(Location.values()).map(Location::label).toList();
        var options = known.contains(chosen)
                ? known
                : IntStream.range(0, known.size() + 1)
                        .mapToObj(each -> each == 0 ? chosen : known.get(each - 1))
                        .toList();
        return Html.of(
                "<select{}>{}</select>{}",
                attributes(i, "location", "Location", fields),
                Html.join(options.stream()
                        .map(label -> Html.of(
                                "<option{}>{}</option>", new Html(" selected").onlyIf(label.equals(chosen)), label))
                        .toList()),
                fields.about(cellId(i, "location")));
    }
}

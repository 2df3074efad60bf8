package dev.ssofilter.web.setup;

import dev.ssofilter.oidc.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sent form becomes a draft. What no field may hold is refused beside the field, before anything else looks at it. */
final class DraftReader {
    private static final int LONGEST = 2_000;
    private static final int MOST_ROWS = 100;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Pattern MARKUP = Pattern.compile("[<>]");

    private final Parameters sent;
    private final Map<String, Object> inFile;
    private final Report.Problems problems;

    /**
     * @param inFile the members of the record, to tell placeholders that stand there from new ones
     * @param problems takes what is refused
     */
    DraftReader(Parameters sent, Map<String, Object> inFile, Report.Problems problems) {
        this.sent = sent;
        this.inFile = inFile;
        this.problems = problems;
    }

    /** @param before what this administrator sent last: a secret is typed once, and what was discovered is no hand edit */
    Draft read(Optional<Draft> before) {
        var texts = new HashMap<String, String>();
        for (var name : Members.TEXTS) {
            texts.put(name, text(name, name, Stream.of(inFile.getOrDefault(name, ""))));
        }
        var flags = new HashMap<String, Boolean>();
        Members.FLAGS.forEach(name -> flags.put(name, sent.single(name).isPresent()));
        return new Draft(
                texts,
                flags,
                rows(),
                secret(before.map(Draft::secret).orElseGet(Draft.Secret.Kept::new)),
                before.map(Draft::discovered).orElse(Map.of()),
                sent.single("digest").orElse(""));
    }

    private List<Draft.Row> rows() {
        var rows = new ArrayList<Draft.Row>();
        for (var i = 0; i < MOST_ROWS && sent.single("claim." + i + ".field").isPresent(); i++) {
            rows.add(new Draft.Row(cell(i, "field"), cell(i, "claim"), cell(i, "location")));
        }
        return rows;
    }

    private String cell(int row, String name) {
        var stands = Optional.ofNullable(inFile.get(Members.CLAIMS))
                .filter(List.class::isInstance)
                .map(rows -> ((List<?>) rows).stream())
                .orElseGet(Stream::empty)
                .filter(Map.class::isInstance)
                .map(cells -> Optional.ofNullable(((Map<?, ?>) cells).get(name)).orElse(""));
        return text("claim." + row + "." + name, Members.CLAIMS, stands);
    }

    private Draft.Secret secret(Draft.Secret before) {
        var typed = text(Members.SECRET, Members.SECRET, Stream.empty());
        if (!typed.isEmpty()) {
            return new Draft.Secret.Typed(typed);
        }
        if (sent.single("noSecret").isPresent()) {
            return new Draft.Secret.None();
        }
        return before instanceof Draft.Secret.Typed ? before : new Draft.Secret.Kept();
    }

    /** What cannot be shown again is left out; it is refused, so nothing is saved without it. */
    private String text(String parameter, String member, Stream<?> standing) {
        var value = sent.single(parameter).orElse("").strip();
        if (value.length() > LONGEST) {
            problems.add(member, "has " + value.length() + " characters; expected at most " + LONGEST);
            return "";
        }
        if (INVISIBLE.matcher(value).find()) {
            problems.add(member, "holds a control character or another that cannot be seen; type it in again");
            return "";
        }
        if (MARKUP.matcher(value).find()) {
            problems.add(member, "holds < or >, which no value here has");
        }
        if (Members.isPlaceholder(value) && standing.noneMatch(value::equals)) {
            problems.add(member, "holds ${…}, which can only be written into the file itself");
        }
        return value;
    }
}

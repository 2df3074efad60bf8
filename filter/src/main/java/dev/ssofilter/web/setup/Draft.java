package dev.ssofilter.web.setup;

import java.util.List;
import java.util.Map;

/**
 * The record as it stands on the screen: what was typed, not yet checked.
 *
 * @param texts by member
 * @param flags the toggles by member
 * @param secret what is to become of the client secret
 * @param discovered what Discover filled in last, by member: no hand edit, so it may be replaced
 * @param digest of the file's bytes when the screen read it
 */
record Draft(
        Map<String, String> texts,
        Map<String, Boolean> flags,
        List<Row> claims,
        Secret secret,
        Map<String, String> discovered,
        String digest) {
    Draft {
        texts = Map.copyOf(texts);
        flags = Map.copyOf(flags);
        claims = List.copyOf(claims);
        discovered = Map.copyOf(discovered);
    }

    /** A row of the claims table. */
    record Row(String field, String claim, String location) {
        static final Row EMPTY = new Row("", "", "ID Token");

        boolean isBlank() {
            return field.isBlank() && claim.isBlank();
        }
    }

    /** What is to become of the client secret, which no page ever shows. */
    sealed interface Secret {
        /** It stays what the file says. */
        record Kept() implements Secret {}

        /** There is to be none: a public client. */
        record None() implements Secret {}

        /** It was typed in, and is not saved yet. */
        record Typed(String value) implements Secret {
            @Override
            public String toString() {
                return "Typed[********]";
            }
        }
    }

    String text(String member) {
        return texts.getOrDefault(member, "");
    }

    boolean flag(String member) {
        return flags.getOrDefault(member, false);
    }

    Draft withClaims(List<Row> other) {
        return new Draft(texts, flags, other, secret, discovered, digest);
    }

    Draft withTexts(Map<String, String> other, Map<String, String> nowDiscovered) {
        return new Draft(other, flags, claims, secret, nowDiscovered, digest);
    }

    @Override
    public String toString() {
        return "Draft" + texts.keySet();
    }
}

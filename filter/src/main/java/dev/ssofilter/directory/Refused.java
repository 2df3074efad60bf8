package dev.ssofilter.directory;

import java.io.Serial;
import java.util.List;

/** A value that breaks several rules at once, or the same one at several places: a reason for each. */
final class Refused extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    private Refused(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /** Throws if there is a reason to. */
    static void ifAny(List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new Refused(reasons);
        }
    }

    /** The reasons of any refusal, each the end of a sentence that begins with what was found. */
    static List<String> reasonsOf(IllegalArgumentException refusal) {
        return refusal instanceof Refused several ? several.reasons : List.of(String.valueOf(refusal.getMessage()));
    }
}

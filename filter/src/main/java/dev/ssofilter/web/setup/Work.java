package dev.ssofilter.web.setup;

import java.util.Optional;

/** An administrator's work between two pages: what they typed, and what came of their last step. */
record Work(Optional<Draft> draft, Report report) {
    static final Work NONE = new Work(Optional.empty(), Report.NOTHING);

    boolean isNone() {
        return draft.isEmpty() && report.isNothing();
    }
}

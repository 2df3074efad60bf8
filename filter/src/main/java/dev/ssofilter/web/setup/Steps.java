package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.Doctor;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.oidc.Outbound;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the buttons do with the record on the screen. */
final class Steps {
    private static final System.Logger LOG = System.getLogger(Steps.class.getName());

    private final SetupHost host;
    private final RecordStore store;
    private final Trial trial;

    Steps(SetupHost host, RecordStore store, Trial trial) {
        this.host = host;
        this.store = store;
        this.trial = trial;
    }

    /** Puts one more row into the claims table. */
    static Work addClaim(Draft draft) {
        var rows = new ArrayList<>(draft.claims());
        rows.add(Draft.Row.EMPTY);
        return new Work(Optional.of(draft.withClaims(rows)), Report.NOTHING);
    }

    static Work removeClaim(Draft draft, int row) {
        var rows = new ArrayList<>(draft.claims());
        if (row < rows.size()) {
            rows.remove(row);
        }
        return new Work(Optional.of(draft.withClaims(rows)), Report.NOTHING);
    }

    /** Asks the provider for its addresses. */
    Work discover(Draft draft, Map<String, Object> inFile, boolean replaceHandEdits, BaseUrl base) {
        return new Discover(trial, host.sources()).of(draft, inFile, replaceHandEdits, base);
    }

    /** Looks at what was typed, without asking anybody. */
    Work show(Draft draft, Map<String, Object> inFile, BaseUrl base) {
        try {
            trial.settings(Members.of(draft, inFile), base);
            return new Work(
                    Optional.of(draft), Report.of("Nothing is wrong with what is entered. It is not saved yet."));
        } catch (Trial.RefusedException refused) {
            return refused(draft, refused);
        }
    }

    /** Asks the provider everything that can be asked without a user. */
    Work check(Draft draft, Map<String, Object> inFile, BaseUrl base) {
        var members = Members.of(draft, inFile);
        try {
            var settings = trial.settings(members, base);
            try (var outbound = new Outbound(settings)) {
                var hidden = Hidden.of(members, settings, host.sources());
                var findings = new Doctor(settings, outbound, host.clock())
                        .examine().stream().map(hidden::in).toList();
                return new Work(Optional.of(draft), new Report(outcome(findings), Map.of(), Map.of(), findings));
            }
        } catch (Trial.RefusedException refused) {
            return refused(draft, refused);
        }
    }

    private static String outcome(List<Finding> findings) {
        var counts = Arrays.stream(Finding.Status.values())
                .map(status -> findings.stream()
                                .filter(finding -> finding.status() == status)
                                .count()
                        + " " + Words.label(status.name()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "Check: " + counts + ".";
    }

    /** Into the file, if everything is right; it is in effect when this returns. */
    Work save(Draft draft, BaseUrl base) {
        if (store.file().isEmpty()) {
            return kept(draft, "Nothing was saved: the record is not in a file: place. Download it instead.");
        }
        var members = Members.of(draft, store.read().members());
        try {
            trial.settings(members, base);
            store.save(members, draft.digest());
        } catch (Trial.RefusedException refused) {
            return refused(draft, refused);
        } catch (RecordStore.ChangedMeanwhileException changed) {
            return kept(
                    draft,
                    "Nothing was saved: the file has been changed by somebody else since you opened it. Discard your"
                            + " changes to see what it holds now.");
        } catch (IOException unwritable) {
            LOG.log(Level.WARNING, "the directory record could not be saved", unwritable);
            return kept(
                    draft,
                    "Nothing was saved: the file cannot be written ("
                            + unwritable.getClass().getSimpleName()
                            + "). The process needs the permission to write its folder.");
        }
        return host.look().getAsBoolean()
                ? new Work(Optional.empty(), Report.of("Saved. It is in effect for new logins."))
                : new Work(
                        Optional.empty(), Report.of("Saved, but not in effect: the log of the application says why."));
    }

    private static Work kept(Draft draft, String why) {
        return new Work(Optional.of(draft), Report.problem("Nothing was saved.", Report.GENERAL, why));
    }

    static Work refused(Draft draft, Trial.RefusedException refused) {
        return new Work(Optional.of(draft), Report.refused("Some fields need another look.", refused.problems()));
    }
}

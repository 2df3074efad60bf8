package dev.ssofilter.oidc;

import java.util.Optional;

/**
 * What one check of the {@link Doctor} came to. No text of it holds a secret; what came from the provider stands in
 * quotation marks, on one line and cut to a readable length.
 *
 * @param check what was looked at; one check may have several findings, as one for each host
 * @param setting the record's member or the setting that it concerns, so that a screen can put it there
 * @param found what was found, or why there was nothing to find
 * @param remedy what to do about it; empty where there is nothing to do
 */
public record Finding(Check check, Status status, Optional<String> setting, String found, Optional<String> remedy) {

    /** How it came out. */
    public enum Status {
        /** As it should be. */
        PASSED,
        /** Works, but should be looked at. */
        WARNING,
        /** Nobody can sign in or out like this, or not for long. */
        FAILED,
        /** Could not tell, or was not tried. */
        UNKNOWN
    }

    @Override
    public String toString() {
        return status + " " + check + " " + found
                + remedy.map(text -> "; " + text).orElse("");
    }
}

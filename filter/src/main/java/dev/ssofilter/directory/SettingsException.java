package dev.ssofilter.directory;

import java.io.Serial;
import java.util.List;

/** The settings cannot be used. Lists every problem, so that a deployer needs one more attempt and not ten. */
public final class SettingsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems")
                + " with the settings of the SsoFilter:\n" + String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem in a line: setting, source, what was found (never a secret), what was expected, what to do. */
    public List<String> problems() {
        return problems;
    }
}

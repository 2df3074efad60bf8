package dev.ssofilter;

import java.util.List;
import java.util.Optional;

/**
 * What an administrator typed, as far as it makes a command.
 *
 * @param verb {@link #DISCOVER} or {@link #CHECK}
 * @param operand the URL, or the record
 */
record CommandLine(String verb, String operand, Optional<String> baseUrl, boolean json) {
    static final String DISCOVER = "discover";
    static final String CHECK = "check";
    static final String BASE_URL = "--base-url";

    private static final String JSON = "--json";

    /** Empty where it makes none. */
    static Optional<CommandLine> read(List<String> arguments) {
        if (arguments.isEmpty() || !List.of(DISCOVER, CHECK).contains(arguments.get(0))) {
            return Optional.empty();
        }
        Optional<String> operand = Optional.empty();
        Optional<String> baseUrl = Optional.empty();
        boolean json = false;
        var rest = arguments.listIterator(1);
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals(BASE_URL) && rest.hasNext() && baseUrl.isEmpty()) {
                baseUrl = Optional.of(rest.next());
            } else if (word.equals(JSON) && arguments.get(0).equals(CHECK) && !json) {
                json = true;
            } else if (!word.startsWith("--") && operand.isEmpty()) {
                operand = Optional.of(word);
            } else {
                return Optional.empty();
            }
        }
        return operand.isPresent()
                ? Optional.of(new CommandLine(arguments.get(0), operand.get(), baseUrl, json))
                : Optional.empty();
    }
}

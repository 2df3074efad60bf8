package dev.ssofilter.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${env:NAME}}, {@code ${sys:NAME}} and {@code ${file:/PATH}} stand for, once: what is put in is not
 * searched again, so a secret may hold any character.
 */
final class Placeholders {
    private static final String EXPECTED = "; expected ${env:NAME}, ${sys:NAME} or ${file:/PATH}";

    /** One without its closing brace is found too, to be refused. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");

    private static final Pattern WHOLE = Pattern.compile("\\$\\{(?:env|sys|file):[^}]*}");

    private final SettingsSources sources;

    Placeholders(SettingsSources sources) {
        this.sources = sources;
    }

    /**
     * A text after its placeholders were put in.
     *
     * @param value the text in use
     * @param shown the text for logs: what came from a file is likely a secret and keeps its placeholder
     * @param placed whether there was a placeholder
     * @param openFiles the files among them that every user of the machine can read
     */
    record Resolved(String value, String shown, boolean placed, List<String> openFiles) {
        @Override
        public String toString() {
            return "Resolved[" + shown + "]";
        }
    }

    /** Resolves a text; an {@link IllegalArgumentException} names each placeholder that leads nowhere. */
    Resolved resolve(String text) {
        return resolve(text, false);
    }

    /** @param secret whether what is no placeholder after all may be a part of a secret, and is not to be shown */
    Resolved resolve(String text, boolean secret) {
        var contents = new HashMap<String, String>();
        var problems = new ArrayList<String>();
        var openFiles = new ArrayList<String>();
        PLACEHOLDER.matcher(text).results().map(MatchResult::group).distinct().forEach(placeholder -> {
            try {
                contents.put(placeholder, content(placeholder, openFiles));
            } catch (IllegalArgumentException unresolved) {
                problems.add(
                        "holds " + (secret ? named(placeholder) : placeholder) + ", which " + unresolved.getMessage());
            }
        });
        Refused.ifAny(problems);
        String value = replaced(text, placeholder -> contents.getOrDefault(placeholder, ""));
        if (!contents.isEmpty() && value.isBlank()) {
            throw new IllegalArgumentException("is blank once its ${…} is put in; expected a value there");
        }
        String shown = replaced(
                text,
                placeholder ->
                        placeholder.startsWith("${file:") ? placeholder : contents.getOrDefault(placeholder, ""));
        return new Resolved(value, shown, !contents.isEmpty(), List.copyOf(openFiles));
    }

    private static String named(String placeholder) {
        return WHOLE.matcher(placeholder).matches() ? placeholder : "\"${\"";
    }

    private static String replaced(String text, UnaryOperator<String> content) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(content.apply(match.group())));
    }

    private String content(String placeholder, List<String> openFiles) {
        if (!placeholder.endsWith("}")) {
            throw new IllegalArgumentException("has no \"}\" behind it" + EXPECTED);
        }
        String inside = placeholder.substring(2, placeholder.length() - 1);
        int colon = inside.indexOf(':');
        String name = inside.substring(colon + 1);
        return switch (inside.substring(0, Math.max(0, colon))) {
            case "env" -> orRefuse(sources.environment().apply(name), "is no environment variable of this process");
            case "sys" -> orRefuse(sources.systemProperty().apply(name), "is no system property of this JVM");
            case "file" -> file(name, openFiles);
            default -> throw new IllegalArgumentException("begins no placeholder" + EXPECTED);
        };
    }

    private static String orRefuse(Optional<String> found, String problem) {
        return found.orElseThrow(() -> new IllegalArgumentException(problem + "; set it, or correct the name"));
    }

    private static String file(String name, List<String> openFiles) {
        try {
            Path path = Path.of(name);
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("is no absolute path; expected such as ${file:/run/secrets/NAME}");
            }
            // A device or a pipe would never end.
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("is no file; put it there, or correct the path");
            }
            String content = Files.readString(path);
            if (isOpenToAll(path)) {
                openFiles.add(name);
            }
            return content.replaceFirst("\\r?\\n\\z", "");
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException("is no path (" + noPath.getReason() + ")", noPath);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot be read as UTF-8 text (" + unreadable.getClass().getSimpleName()
                            + "); check its content and that this process may read it",
                    unreadable);
        }
    }

    private static boolean isOpenToAll(Path path) throws IOException {
        return permissions(path)
                .filter(given -> given.contains(PosixFilePermission.OTHERS_READ))
                .isPresent();
    }

    /** Empty where the file system has no such permissions. */
    static Optional<Set<PosixFilePermission>> permissions(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Optional.of(Files.getPosixFilePermissions(path))
                : Optional.empty();
    }
}

package dev.ssofilter.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts in what {@code ${env:NAME}}, {@code ${sys:NAME}} and {@code ${file:/PATH}} stand for, once: what is put in is not
 * searched again, so a secret may hold any character.
 */
final class Placeholders {
    private static final String EXPECTED = "; expected ${env:NAME}, ${sys:NAME} or ${file:/PATH}";

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
        var value = new StringBuilder();
        var shown = new StringBuilder();
        var problems = new ArrayList<String>();
        var openFiles = new ArrayList<String>();
        int from = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            int end = text.indexOf('}', start);
            value.append(text, from, start);
            shown.append(text, from, start);
            if (end < 0) {
                problems.add("holds a \"${\" without its \"}\"" + EXPECTED);
                from = text.length();
                break;
            }
            String inside = text.substring(start + 2, end);
            try {
                String content = content(inside, openFiles);
                value.append(content);
                shown.append(inside.startsWith("file:") ? "${" + inside + "}" : content);
            } catch (IllegalArgumentException unresolved) {
                problems.add("holds ${" + inside + "}, which " + unresolved.getMessage());
            }
            from = end + 1;
        }
        Refused.ifAny(problems);
        value.append(text, from, text.length());
        shown.append(text, from, text.length());
        boolean placed = text.contains("${");
        if (placed && value.toString().isBlank()) {
            throw new IllegalArgumentException("is blank once its ${…} is put in; expected a value there");
        }
        return new Resolved(value.toString(), shown.toString(), placed, List.copyOf(openFiles));
    }

    private String content(String inside, List<String> openFiles) {
        int colon = inside.indexOf(':');
        String name = inside.substring(colon + 1);
        return switch (colon < 0 ? "" : inside.substring(0, colon)) {
            case "env" -> orRefuse(sources.environment().apply(name), "is no environment variable of this process");
            case "sys" -> orRefuse(sources.systemProperty().apply(name), "is no system property of this JVM");
            case "file" -> file(name, openFiles);
            default -> throw new IllegalArgumentException("is not known" + EXPECTED);
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
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    }
}

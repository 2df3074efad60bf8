package dev.ssofilter.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions outlive releases: what an earlier one has written is read, what a later one will write is refused and no more.
 * Each file was written once, when its fields were new, and is never written again.
 */
class PrincipalFormTest {
    private static final String FORM = "dev.ssofilter.user.SsoPrincipalForm";

    @Test
    @DisplayName("R-12 reads what was written in form 1")
    void readsWhatWasWrittenInForm1() throws Exception {
        var read = (SsoPrincipal) read(form1());

        assertEquals("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI", read.getDirectory());
        assertEquals("24c8f4f8", read.getExternalId());
        assertEquals("ana@example.org", read.getUsername());
        assertEquals("ana@example.org", read.getEmail());
        assertTrue(read.isEmailVerified());
        assertEquals("Ana", read.getFirstName());
        assertEquals("Ruiz", read.getLastName());
        assertEquals(List.of("editors", "admins"), List.copyOf(read.getRoles()));
        assertEquals(Map.of("memberNo", List.of("00417"), "chapters", List.of("north", "south")), read.getAttributes());
        assertNull(read.signedInAt(), "which nothing said then");
    }

    @Test
    @DisplayName("R-12 reads the time of a login in form 1")
    void readsTheTimeOfALoginInForm1() throws Exception {
        var read = (SsoPrincipal) read(resource("principal-form-1-with-time.ser"));

        assertEquals(Instant.parse("2026-12-01T08:30:00.123Z"), read.signedInAt());
        assertEquals(Set.of("editors"), read.getRoles());
    }

    static Stream<Arguments> laterForms() {
        return Stream.of(
                arguments(
                        "a class that is not there", FORM, FORM.replace("Form", "Fo2m"), ClassNotFoundException.class),
                arguments(
                        "another serialVersionUID",
                        FORM + "\0\0\0\0\0\0\0\1",
                        FORM + "\0\0\0\0\0\0\0\2",
                        InvalidClassException.class),
                arguments("other fields", "externalId", "externalNo", InvalidObjectException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laterForms")
    void refusesWhatALaterReleaseMayWrite(
            String what, String written, String changed, Class<? extends Exception> refusal) throws Exception {
        var later = new String(form1(), StandardCharsets.ISO_8859_1)
                .replace(written, changed)
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThrows(refusal, () -> read(later));
    }

    private static byte[] form1() throws IOException {
        return resource("principal-form-1.ser");
    }

    private static byte[] resource(String name) throws IOException {
        try (var file = PrincipalFormTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }

    private static Object read(byte... bytes) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}

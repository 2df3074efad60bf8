package dev.ssofilter.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.beans.Introspector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsoPrincipalTest {
    private static final String POOL = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI";

    private static final Instant SIGNED_IN = Instant.parse("2026-11-30T10:15:30.123Z");

    private static SsoPrincipal ana() {
        return SsoPrincipal.of(POOL, "24c8f4f8")
                .username("ana@example.org")
                .email("ana@example.org")
                .emailVerified(true)
                .firstName("Ana")
                .lastName("Ruiz")
                .roles(List.of("editors", "admins"))
                .attribute("memberNo", List.of("00417"))
                .attribute("chapters", List.of("north", "south"))
                .signedInAt(SIGNED_IN.plusNanos(999))
                .build();
    }

    @Test
    void answersWhatItWasGiven() {
        var ana = ana();

        assertEquals("ana@example.org", ana.getName());
        assertEquals(POOL, ana.getDirectory());
        assertEquals("24c8f4f8", ana.getExternalId());
        assertEquals("ana@example.org", ana.getUsername());
        assertEquals("ana@example.org", ana.getEmail());
        assertTrue(ana.isEmailVerified());
        assertEquals("Ana", ana.getFirstName());
        assertEquals("Ruiz", ana.getLastName());
        assertEquals(List.of("editors", "admins"), List.copyOf(ana.getRoles()));
        assertEquals(Map.of("memberNo", List.of("00417"), "chapters", List.of("north", "south")), ana.getAttributes());
        assertEquals(SIGNED_IN, ana.signedInAt());
    }

    @Test
    void remembersAllOfAUserWhoGetsMore() {
        var more = ana().toBuilder().role("staff").build();

        assertEquals(SIGNED_IN, more.signedInAt());
        assertEquals("Ana", more.getFirstName());
        assertEquals(Set.of("editors", "admins", "staff"), more.getRoles());
    }

    @Test
    void refusesATimeThatMillisecondsCannotSay() {
        var builder = SsoPrincipal.of(POOL, "1");

        assertThrows(ArithmeticException.class, () -> builder.signedInAt(Instant.MAX));
    }

    @Test
    void answersNullForWhatDidNotCome() {
        var bare = SsoPrincipal.of(POOL, "24c8f4f8")
                .username("")
                .email(" ")
                .emailVerified(true)
                .build();

        assertEquals("24c8f4f8", bare.getName());
        assertNull(bare.getUsername());
        assertNull(bare.getEmail());
        assertFalse(bare.isEmailVerified());
        assertNull(bare.getFirstName());
        assertNull(bare.getLastName());
        assertNull(bare.signedInAt());
        assertEquals(Set.of(), bare.getRoles());
        assertEquals(Map.of(), bare.getAttributes());
    }

    @Test
    void isABeanForExpressionLanguage() throws Exception {
        var names = Arrays.stream(Introspector.getBeanInfo(SsoPrincipal.class).getPropertyDescriptors())
                .filter(property -> property.getReadMethod() != null && property.getWriteMethod() == null)
                .map(property -> property.getName())
                .toList();

        assertTrue(
                names.containsAll(List.of(
                        "name",
                        "directory",
                        "externalId",
                        "username",
                        "email",
                        "emailVerified",
                        "firstName",
                        "lastName",
                        "roles",
                        "attributes")),
                names::toString);
    }

    @Test
    @DisplayName("AB-195 two users with the same e-mail address are not equal, the same External ID is")
    void isKnownByDirectoryAndExternalId() {
        assertEquals(ana(), SsoPrincipal.of(POOL, "24c8f4f8").build());
        assertEquals(ana().hashCode(), SsoPrincipal.of(POOL, "24c8f4f8").build().hashCode());
        assertNotEquals(
                ana(),
                SsoPrincipal.of(POOL, "24c8f4f9").email("ana@example.org").build());
        assertNotEquals(
                ana().hashCode(), SsoPrincipal.of(POOL, "24c8f4f9").build().hashCode());
        assertNotEquals(ana(), null);
        assertNotEquals(ana(), "24c8f4f8");
    }

    @Test
    @DisplayName("AB-200 the same External ID of two directories is two users")
    void tellsDirectoriesApart() {
        assertNotEquals(ana(), SsoPrincipal.of(POOL + "2", "24c8f4f8").build());
    }

    @ParameterizedTest(name = "AB-198 \"{0}\" is another user than \"Müller\"")
    @ValueSource(strings = {"müller", "MÜLLER", "Mu\u0308ller", "Ｍüller", "Müller "})
    void foldsNothing(String externalId) {
        assertNotEquals(
                SsoPrincipal.of(POOL, "Müller").build(),
                SsoPrincipal.of(POOL, externalId).build());
    }

    @Test
    @DisplayName("AB-182 toString shows directory and External ID alone")
    void toStringShowsNothingPersonal() {
        assertEquals("SsoPrincipal[directory=" + POOL + ", externalId=24c8f4f8]", ana().toString());
    }

    @Test
    @DisplayName("AB-208 its collections cannot be changed")
    void cannotBeChanged() {
        var ana = ana();

        assertThrows(UnsupportedOperationException.class, () -> ana.getRoles().add("root"));
        assertThrows(
                UnsupportedOperationException.class, () -> ana.getAttributes().put("x", List.of()));
        assertThrows(
                UnsupportedOperationException.class,
                () -> ana.getAttributes().get("memberNo").add("1"));
    }

    @Test
    void doesNotShareCollectionsWithItsBuilder() {
        var values = new ArrayList<>(List.of("a"));
        var builder = SsoPrincipal.of(POOL, "1").role("r").attribute("x", values);
        var first = builder.build();

        values.add("b");
        builder.role("s").attribute("x", List.of("c"));

        assertEquals(Set.of("r"), first.getRoles());
        assertEquals(Map.of("x", List.of("a")), first.getAttributes());
    }

    @ParameterizedTest(name = "AB-202 refuses the role \"{0}\"")
    @ValueSource(strings = {"", " ", "*", "**"})
    void refusesARoleThatMeansEverybody(String role) {
        var builder = SsoPrincipal.of(POOL, "1");

        assertThrows(IllegalArgumentException.class, () -> builder.role(role));
    }

    @Test
    void refusesAUserWithoutAKey() {
        assertThrows(
                IllegalArgumentException.class, () -> SsoPrincipal.of(POOL, " ").build());
        assertThrows(
                IllegalArgumentException.class, () -> SsoPrincipal.of("", "1").build());
    }

    @Test
    @DisplayName("R-12 comes back from a stream as it was")
    void comesBackFromAStream() throws Exception {
        var ana = ana();

        var read = (SsoPrincipal) read(written(ana));

        assertNotSame(ana, read);
        assertEquals(ana, read);
        assertEquals(ana.getUsername(), read.getUsername());
        assertEquals(ana.getEmail(), read.getEmail());
        assertEquals(ana.isEmailVerified(), read.isEmailVerified());
        assertEquals(ana.getFirstName(), read.getFirstName());
        assertEquals(ana.getLastName(), read.getLastName());
        assertEquals(SIGNED_IN, read.signedInAt());
        assertEquals(List.copyOf(ana.getRoles()), List.copyOf(read.getRoles()));
        assertEquals(
                List.copyOf(ana.getAttributes().entrySet()),
                List.copyOf(read.getAttributes().entrySet()));
        assertThrows(UnsupportedOperationException.class, () -> read.getRoles().add("root"));
    }

    @Test
    void comesBackFromAStreamWithoutWhatNeverCame() throws Exception {
        var read = (SsoPrincipal) read(written(SsoPrincipal.of(POOL, "1").build()));

        assertNull(read.getUsername());
        assertNull(read.getEmail());
        assertNull(read.signedInAt());
        assertEquals(Set.of(), read.getRoles());
    }

    @Test
    @DisplayName("R-12 read by another class loader it is readable, and a stranger to this one")
    void anotherClassLoaderReadsAnotherType() throws Exception {
        URL here = SsoPrincipal.class.getProtectionDomain().getCodeSource().getLocation();
        try (var loader = new URLClassLoader(new URL[] {here}, ClassLoader.getPlatformClassLoader())) {
            var in = new ObjectInputStream(new ByteArrayInputStream(written(ana()))) {
                @Override
                protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                    return Class.forName(type.getName(), false, loader);
                }
            };

            Object read = in.readObject();

            assertFalse(read instanceof SsoPrincipal);
            assertEquals(ana().toString(), read.toString());
            assertNotEquals(ana(), read);
        }
    }

    @Test
    @DisplayName("R-11 its serialized form is fixed, of texts, arrays of texts, a boolean and a number")
    void serializedFormIsFixed() {
        assertEquals(1L, ObjectStreamClass.lookup(SsoPrincipal.class).getSerialVersionUID());
        assertEquals(1L, ObjectStreamClass.lookup(SsoPrincipalForm.class).getSerialVersionUID());
        var types = Arrays.stream(SsoPrincipalForm.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .toList();
        assertTrue(
                Set.of(String.class, boolean.class, long.class, String[].class, String[][].class)
                        .containsAll(types),
                types::toString);
    }

    static Stream<Arguments> damage() {
        return Stream.of(
                Arguments.of("no External ID", (Consumer<SsoPrincipalForm>) form -> set(form, "externalId", null)),
                Arguments.of("a blank External ID", (Consumer<SsoPrincipalForm>) form -> set(form, "externalId", " ")),
                Arguments.of("no directory", (Consumer<SsoPrincipalForm>) form -> set(form, "directory", null)),
                Arguments.of("no roles", (Consumer<SsoPrincipalForm>) form -> set(form, "roles", null)),
                Arguments.of(
                        "a null role", (Consumer<SsoPrincipalForm>) form -> set(form, "roles", new String[] {null})),
                Arguments.of("the role *", (Consumer<SsoPrincipalForm>) form -> set(form, "roles", new String[] {"*"})),
                Arguments.of("a null attribute name", (Consumer<SsoPrincipalForm>)
                        form -> set(form, "attributeNames", new String[] {null, "x"})),
                Arguments.of("fewer values than names", (Consumer<SsoPrincipalForm>)
                        form -> set(form, "attributeValues", new String[][] {{"x"}})),
                Arguments.of("null values", (Consumer<SsoPrincipalForm>)
                        form -> set(form, "attributeValues", new String[][] {null, {"x"}})));
    }

    @ParameterizedTest(name = "AB-168 refuses a stream with {0}")
    @MethodSource("damage")
    void refusesAStreamThatBreaksItsRules(String what, Consumer<SsoPrincipalForm> damage) throws Exception {
        var form = new SsoPrincipalForm(ana());
        damage.accept(form);
        byte[] bytes = written(form);

        assertThrows(InvalidObjectException.class, () -> read(bytes));
    }

    @Test
    @DisplayName("AB-168 refuses a stream that names the class itself instead of its form")
    void refusesAStreamOfTheClassItself() throws Exception {
        byte[] bytes = handMadeStreamOfTheClass();

        assertThrows(InvalidObjectException.class, () -> read(bytes));
    }

    /** What no writer of ours makes: magic, version, an object of the class with its fields all null or false. */
    private static byte[] handMadeStreamOfTheClass() throws IOException {
        var type = ObjectStreamClass.lookup(SsoPrincipal.class);
        var bytes = new ByteArrayOutputStream();
        try (var out = new java.io.DataOutputStream(bytes)) {
            out.writeShort(0xACED);
            out.writeShort(5);
            out.writeByte(0x73); // TC_OBJECT
            out.writeByte(0x72); // TC_CLASSDESC
            out.writeUTF(type.getName());
            out.writeLong(type.getSerialVersionUID());
            out.writeByte(2); // SC_SERIALIZABLE
            out.writeShort(0); // no fields
            out.writeByte(0x78); // TC_ENDBLOCKDATA
            out.writeByte(0x70); // TC_NULL, no super class
        }
        return bytes.toByteArray();
    }

    private static void set(Object target, String name, Object value) {
        try {
            Field field = target.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(target, value);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] written(Object object) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}

package dev.ssofilter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house holds its shape: floors, homes of the libraries, and what is visible from outside. */
class ArchitectureTest {
    /** The public types of the product; one more joins here in the commit that makes it, with its reason there. */
    private static final Set<String> API = Set.of(
            "dev.ssofilter.SsoFilter",
            "dev.ssofilter.SsoCommand",
            "dev.ssofilter.SsoSetupServlet",
            // What an application calls an API with, in its user's name.
            "dev.ssofilter.SsoTokens",
            // What an application hears, and has a say in.
            "dev.ssofilter.user.SsoListener",
            "dev.ssofilter.user.LoginDecision",
            "dev.ssofilter.user.SsoEvent",
            "dev.ssofilter.user.SsoEvent$LoginCompleted",
            "dev.ssofilter.user.SsoEvent$LoginRefused",
            "dev.ssofilter.user.SsoEvent$TokensRefreshed",
            "dev.ssofilter.user.SsoEvent$SessionEnded",
            "dev.ssofilter.user.SsoEvent$SessionEnded$Why",
            "dev.ssofilter.user.SsoEvent$TokensRevoked",
            "dev.ssofilter.user.SsoEvent$SentToProvider",
            "dev.ssofilter.user.SsoEvent$Outcome",
            "dev.ssofilter.user.SsoEvent$KeysRotated",
            "dev.ssofilter.user.SsoEvent$ProviderUnreachable",
            "dev.ssofilter.user.SsoEvent$ProviderReachable",
            "dev.ssofilter.user.SsoPrincipal",
            "dev.ssofilter.user.SsoPrincipal$Builder",
            "dev.ssofilter.user.Reason",
            "dev.ssofilter.user.LoginFailedException");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.ssofilter");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    dev.ssofilter.user      | dev.ssofilter, dev.ssofilter.web.., dev.ssofilter.oidc.., dev.ssofilter.directory..
                    dev.ssofilter.directory | dev.ssofilter, dev.ssofilter.web.., dev.ssofilter.oidc..
                    dev.ssofilter.oidc      | dev.ssofilter, dev.ssofilter.web..
                    dev.ssofilter.web       | dev.ssofilter
                    """)
    void aFloorImportsOnlyTheFloorsBelow(String floor, String above) {
        noClasses()
                .that()
                .resideInAPackage(floor + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.split(", "))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void thereAreFiveFloors() {
        classes()
                .should()
                .resideInAnyPackage(
                        "dev.ssofilter",
                        "dev.ssofilter.web..",
                        "dev.ssofilter.oidc",
                        "dev.ssofilter.directory",
                        "dev.ssofilter.user")
                .check(PRODUCT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    jakarta.servlet..                                        | dev.ssofilter, dev.ssofilter.web..
                    com.nimbusds..                                           | dev.ssofilter.oidc
                    com.github.benmanes.caffeine..                           | dev.ssofilter.oidc
                    java.net.http..                                          | dev.ssofilter.oidc
                    jakarta.json..                                           | dev.ssofilter.directory
                    org.eclipse.yasson..                                     | dev.ssofilter.directory
                    org.eclipse.parsson..                                    | dev.ssofilter.directory
                    """)
    void aLibraryHasOneHome(String library, String home) {
        noClasses()
                .that(resideInAPackage("dev.ssofilter..")
                        .and(describe("not at home", c -> !resideInAnyPackage(home.split(", "))
                                .test(c))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void nothingIsOpenForExtension() {
        classes()
                .that(describe("can be made", ArchitectureTest::canBeMade))
                .should(beFinal())
                .check(PRODUCT);
    }

    @Test
    void theApiIsWhatTheListSays() {
        var visible = PRODUCT.stream()
                .filter(c -> Set.of("dev.ssofilter", "dev.ssofilter.user").contains(c.getPackageName()))
                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        visible.removeAll(API);

        assertEquals(Set.of(), visible, "public types that are not in the list of API types");
    }

    @Test
    @DisplayName("AB-184 state and nonce, and the keys given, are compared in constant time")
    void comparesSecretsInConstantTime() {
        for (var where : List.of("oidc.PendingLogin", "oidc.Claims", "directory.CookieKeys")) {
            classes()
                    .that()
                    .haveFullyQualifiedName("dev.ssofilter." + where)
                    .should()
                    .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                    .check(PRODUCT);
        }
    }

    private static boolean canBeMade(JavaClass type) {
        return !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT);
    }
}

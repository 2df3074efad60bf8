package dev.ssofilter.sample;

import dev.ssofilter.testkit.PretendUser;
import dev.ssofilter.testkit.PretendUserPool;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@code mvn -Pdemo} starts: the sample WAR, unchanged, and a pretend user pool beside it, another site for the browser
 * as in real life. Ports by {@code -Dport} and {@code -Dpool.port}. With another {@code discoveryDomain} given, by system property or environment, the users are those of
 * that directory, and no pretend pool is started.
 */
public final class Demo {
    // Held here: a logger that nobody holds forgets its level.
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private static final int POOL_PORT = 9090;

    private Demo() {}

    /** Starts both, says where they are, and stays until Ctrl-C. A port that is taken, or a setting that the filter refuses, ends it with the reason and status 1. */
    public static void main(String... args) throws Exception {
        JETTY.setLevel(Level.SEVERE);
        try {
            var another =
                    System.getProperty("sso.discoveryDomain") != null || System.getenv("SSO_DISCOVERY_DOMAIN") != null;
            var pool = another ? Optional.<PretendUserPool>empty() : Optional.of(pool(port("pool.port", POOL_PORT)));
            var site = site(port("port", 8080));
            JETTY.setLevel(Level.WARNING);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(site, pool)));
            System.out.println(words(site, pool.map(PretendUserPool::user)));
        } catch (Refusal | ServletException refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private static int port(String property, int usual) throws Refusal {
        var given = System.getProperty(property, Integer.toString(usual));
        if (!given.matches("[0-9]{1,5}") || Integer.parseInt(given) > 65_535) {
            throw new Refusal("Got -D" + property + "=" + given + "; expected a port, a number up to 65535");
        }
        return Integer.parseInt(given);
    }

    private static PretendUserPool pool(int port) throws Refusal {
        try {
            var pool = PretendUserPool.start(port);
            pool.client().allowAnyLoopbackUrl();
            if (port != POOL_PORT) {
                // The record in the WAR names the usual port; a setting wins over the record.
                System.setProperty(
                        "sso.discoveryDomain", pool.tokenSigningKeyUrl().toString());
            }
            return pool;
        } catch (UncheckedIOException taken) {
            throw new Refusal(
                    "Port " + port
                            + " of 127.0.0.1 is taken; choose another for the pretend user pool with -Dpool.port=N",
                    taken);
        }
    }

    private static Site site(int port) throws Exception {
        try {
            return Site.start(Path.of(System.getProperty("sample.war", "sample-war/target/sso-sample.war")), "/", port);
        } catch (IOException taken) {
            throw new Refusal(
                    "Port " + port + " of 127.0.0.1 is taken; choose another for the sample with -Dport=N", taken);
        }
    }

    private static String words(Site site, Optional<PretendUser> user) {
        var whose = user.map(one -> "User: %s%nPassword: %s%n(%s is in the group admins, with the same password.)%n"
                        .formatted(one.email(), one.password(), "max@example.org"))
                .orElse("");
        return """

                Sample: %s
                %s
                For a user pool of your own, register there %s as callback URL and
                %s as sign-out URL, and start it with
                    SSO_DISCOVERY_DOMAIN=… SSO_CLIENT_ID=… SSO_CLIENT_SECRET=… mvn -Pdemo
                where the first is the pool's Token signing key URL. In an application of your own
                the same three stand in WEB-INF/sso-directory.json.

                Ctrl-C ends it.""".formatted(site.at("/"), whose, site.at("/sso/return"), site.at("/sso/signed-out"));
    }

    // Maven would report 130, a failure, after Ctrl-C; but to end was what it was asked for.
    private static void end(Site site, Optional<PretendUserPool> pool) {
        try {
            pool.ifPresent(PretendUserPool::close);
            site.close();
        } catch (Exception late) {
            System.err.println("The sample did not stop cleanly: " + late);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Why the demo cannot start, in one line. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message, Throwable... causes) {
            super(message, causes.length == 0 ? null : causes[0]);
        }
    }
}

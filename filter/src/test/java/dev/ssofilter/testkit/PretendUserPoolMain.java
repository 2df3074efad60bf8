package dev.ssofilter.testkit;

import java.io.UncheckedIOException;

/**
 * The pretend user pool as a program of its own: {@code java -jar …-testkit.jar [--port N]}, on 127.0.0.1:9090 unless
 * told otherwise, until it is killed. Its app client is {@link PretendUserPool#CLIENT_ID} with {@link
 * PretendUserPool#CLIENT_SECRET} and, unlike any of Cognito's, takes every Return URL on this machine, so that an
 * application on any port works with it.
 */
public final class PretendUserPoolMain {
    private static final int DEFAULT_PORT = 9090;

    private PretendUserPoolMain() {}

    /**
     * Prints address, client and user, a line each; ends with status 1 and one line where the arguments or the port
     * are no good.
     */
    public static void main(String... args) throws InterruptedException {
        try (PretendUserPool pool = PretendUserPool.start(port(args))) {
            pool.client().allowAnyLoopbackUrl();
            System.out.println("Pool: " + pool.domain());
            System.out.println("Token signing key URL: " + pool.tokenSigningKeyUrl());
            System.out.println("Client ID: " + pool.client().id());
            System.out.println("Client Secret: " + pool.client().secret());
            System.out.println("User: " + pool.user().email());
            System.out.println("Password: " + pool.user().password());
            Thread.currentThread().join();
        } catch (UncheckedIOException | IllegalArgumentException problem) {
            System.err.println(problem.getMessage() + "; choose another port with --port N");
            System.exit(1);
        }
    }

    private static int port(String... args) {
        if (args.length == 0) {
            return DEFAULT_PORT;
        }
        if (args.length == 2
                && args[0].equals("--port")
                && args[1].matches("[0-9]{1,5}")
                && Integer.parseInt(args[1]) <= 65535) {
            return Integer.parseInt(args[1]);
        }
        throw new IllegalArgumentException("Got the arguments \"" + String.join(" ", args)
                + "\"; expected none, or --port and a number up to 65535");
    }
}

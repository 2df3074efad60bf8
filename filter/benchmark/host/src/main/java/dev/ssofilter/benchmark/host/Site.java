package dev.ssofilter.benchmark.host;

/**
 * What a contender is told of the world.
 *
 * @param baseUrl the application's, without a last slash
 * @param issuer the provider's
 * @param keepTokens whether the tokens are kept and refreshed, by those who can
 */
public record Site(String baseUrl, String issuer, boolean keepTokens) {
    /** As registered at the provider. */
    public static final String CLIENT_ID = "benchmark";
    /** As long as Cognito's. */
    public static final String CLIENT_SECRET = "2hq8m4k7v1p5r9s3t6u0w2x4y6z8a1b3c5d7e9f1g3h5j7k9m1n";
    /** The environment variable of every contender's process that holds the secret. */
    public static final String CLIENT_SECRET_VARIABLE = "CLIENT_SECRET";
    /** What signing in asks for. */
    public static final String SCOPES = "openid profile email";
}

package dev.ssofilter.oidc;

/**
 * The token endpoint's answer, not yet verified (OIDC Core §3.1.3.3).
 *
 * @param idToken the compact serialization as it came
 * @param accessToken opaque to us, unless a claim is mapped from it
 */
record Tokens(String idToken, String accessToken) {
    @Override
    public String toString() {
        return "Tokens";
    }
}

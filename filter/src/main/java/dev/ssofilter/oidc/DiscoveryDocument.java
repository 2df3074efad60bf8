package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.directory.EndpointUrl;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the members of a discovery document (OIDC Discovery §3) with their types. Cognito's lacks some that are required
 * there, so that the library's own reader would refuse it; nothing is required here but what is asked for.
 *
 * @param members of the document; none where there is no discovery
 * @param loopbackAllowed whether an endpoint may be http on this machine
 */
record DiscoveryDocument(Map<String, Object> members, boolean loopbackAllowed) {
    /** RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864: asymmetric ones alone; HMAC would make the client secret a signing key. */
    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    /** A member that is a text; a blank one counts as absent. */
    Optional<String> text(String member) throws LoginFailedException {
        Object value = members.getOrDefault(member, "");
        if (value instanceof String text) {
            return Optional.of(text).filter(some -> !some.isBlank());
        }
        throw refused(member + " is no text", "ask the provider");
    }

    /** A member that is a URL which may be called, or where a browser may be sent. */
    Optional<URI> endpoint(String member) throws LoginFailedException {
        Optional<String> text = text(member);
        return text.isEmpty() ? Optional.empty() : Optional.of(checked(member, text.get()));
    }

    private URI checked(String member, String text) throws LoginFailedException {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw refused(member + " is " + Quoted.text(text) + ", which is no URL", "ask the provider");
        }
        Optional<String> problem = EndpointUrl.problem(url, loopbackAllowed);
        if (problem.isPresent()) {
            throw refused(
                    member + " is " + Quoted.text(text) + ", which " + problem.get(),
                    "enter the right URL in the directory record, or ask the provider");
        }
        return url;
    }

    /** A member that is an array of texts; empty where it is absent. */
    List<String> texts(String member) throws LoginFailedException {
        if (members.getOrDefault(member, List.of()) instanceof List<?> values
                && values.stream().allMatch(String.class::isInstance)) {
            return values.stream().map(String.class::cast).toList();
        }
        throw refused(member + " is no array of texts", "ask the provider");
    }

    boolean isTrue(String member) {
        return Boolean.TRUE.equals(members.get(member));
    }

    /** What tokens may be signed with; RS256 where nothing is listed (OIDC Core §3.1.3.7(7)). */
    Set<JWSAlgorithm> signatureAlgorithms() throws LoginFailedException {
        List<String> listed = texts("id_token_signing_alg_values_supported");
        if (listed.isEmpty()) {
            return Set.of(JWSAlgorithm.RS256);
        }
        Set<JWSAlgorithm> usable = ASYMMETRIC.stream()
                .filter(algorithm -> listed.contains(algorithm.getName()))
                .collect(Collectors.toUnmodifiableSet());
        if (usable.isEmpty()) {
            throw refused(
                    "id_token_signing_alg_values_supported is " + Quoted.text(listed.toString())
                            + ", of which nothing is an asymmetric signature (RS, PS, ES, EdDSA)",
                    "have the provider sign this client's ID tokens with RS256");
        }
        return usable;
    }

    /** RFC 8414 §2: an absent list says nothing about PKCE, and Cognito, which knows S256, sends none. */
    void requireS256() throws LoginFailedException {
        List<String> methods = texts("code_challenge_methods_supported");
        if (!methods.isEmpty() && !methods.contains("S256")) {
            throw refused(
                    "code_challenge_methods_supported is " + Quoted.text(methods.toString()) + ", which lacks S256",
                    "have the provider allow S256; enablePkce=false would sign in without this protection");
        }
    }

    static LoginFailedException refused(String found, String remedy) {
        return new LoginFailedException(
                Reason.METADATA_REFUSED, "the discovery document is refused: " + found + "; " + remedy);
    }
}

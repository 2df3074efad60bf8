package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.ssofilter.benchmark.Pool;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.user.LoginFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An ID token as Cognito makes them becomes verified claims: here, with the library's ways to do it, and beside them
 * nothing but the verification of its signature.
 */
@State(Scope.Benchmark)
public class VerificationBenchmark {
    private final Outbound outbound = new Outbound();
    private final PendingLogin pending = PendingLogin.begin("/", Instant.now());
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private Pool pool;
    private Provider provider;
    private IdTokenVerifier verifier;
    private Tokens tokens;
    private RSAPublicKey key;

    @Setup
    public void start() throws Exception {
        pool = new Pool(0);
        provider = provider(URI.create(pool.issuer() + "/.well-known/jwks.json"));
        Map<String, Object> answer = Json.object(pool.tokens(pending.nonce()));
        tokens = new Tokens(
                (String) answer.get("id_token"),
                (String) answer.get("access_token"),
                Optional.empty(),
                Duration.ofHours(1),
                Optional::empty);
        verifier = new IdTokenVerifier(
                new SignatureVerifier(new ProviderKeys(outbound, System::nanoTime, Listeners.none())),
                "benchmark",
                Optional.empty(),
                Duration.ofMinutes(1),
                Clock.systemUTC());
        var keys = JWKSet.load(new URL(provider.jwksUrl().toString()));
        key = keys.getKeyByKeyId(SignedJWT.parse(tokens.idToken()).getHeader().getKeyID())
                .toRSAKey()
                .toRSAPublicKey();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
    }

    private Provider provider(URI jwksUrl) {
        return new Provider(
                pool.issuer(),
                jwksUrl,
                jwksUrl,
                Optional.empty(),
                jwksUrl,
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                false);
    }

    @TearDown
    public void stop() {
        pool.close();
        outbound.close();
    }

    @Benchmark
    public Claims thisFilter() throws LoginFailedException {
        return verifier.verify(tokens, pending, provider);
    }

    @Benchmark
    public boolean bareSignature() throws Exception {
        var token = tokens.idToken();
        var dot = token.lastIndexOf('.');
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    }

    @Benchmark
    public JWTClaimsSet nimbusProcessor() throws Exception {
        return processor.process(tokens.idToken(), null);
    }

    @Benchmark
    public JWTClaimsSet nimbusVerifier() throws Exception {
        var jwt = SignedJWT.parse(tokens.idToken());
        if (!jwt.verify(new RSASSAVerifier(key))) {
            throw new IOException("refused");
        }
        return jwt.getJWTClaimsSet();
    }
}

package dev.ssofilter.oidc;

import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The login cookie's content, sealed and opened. */
@State(Scope.Benchmark)
public class SealerBenchmark {
    private final Seal seal = Sealer.fromClientSecret("a secret of fifty-one characters as Cognito makes them")
            .forPurpose("login");
    private final byte[] content =
            PendingLogin.begin("/orders?id=17", Instant.now()).toBytes();
    private final String sealed = seal.seal(content);

    @Benchmark
    public String seal() {
        return seal.seal(content);
    }

    @Benchmark
    public Optional<byte[]> open() {
        return seal.open(sealed);
    }
}

package dev.ssofilter.oidc;

import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The login cookie's content, sealed and opened. */
@State(Scope.Benchmark)
public class SealerBenchmark {
    private static final String PURPOSE =
            "login\nsso-login-Abc12345-Abcdefghijklmnopqrstuv\nhttp://localhost:8080\nissuer client";

    private final Sealer sealer = Sealer.fromClientSecret("a secret of fifty-one characters as Cognito makes them");
    private final byte[] content =
            PendingLogin.begin("/orders?id=17", Instant.now()).toBytes();
    private final String sealed = sealer.seal(PURPOSE, content);

    @Benchmark
    public String seal() {
        return sealer.seal(PURPOSE, content);
    }

    @Benchmark
    public Optional<byte[]> open() {
        return sealer.open(PURPOSE, sealed);
    }
}

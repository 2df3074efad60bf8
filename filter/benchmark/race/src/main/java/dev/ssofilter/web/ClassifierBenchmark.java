package dev.ssofilter.web;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What kind of request this is, and whether its caller can follow a login page: with public paths, and without any. */
@State(Scope.Benchmark)
public class ClassifierBenchmark {
    private final RequestClassifier closed = classifier("");
    private final RequestClassifier open = classifier("/, /about, /css/*, /img/*");
    private final HttpServletRequest page = page();

    private static RequestClassifier classifier(String publicPaths) {
        var parameters = Map.of(
                "discoveryDomain", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGhI",
                "clientId", "benchmark",
                "clientSecret", "a secret",
                "baseUrl", "https://members.example.org",
                "publicPaths", publicPaths);
        try {
            var settings = Settings.read(new SettingsSources(
                    parameters, name -> Optional.empty(), name -> Optional.empty(), path -> Optional.empty()));
            return new RequestClassifier(settings, "");
        } catch (SettingsException problems) {
            throw new IllegalStateException(String.join("\n", problems.problems()), problems);
        }
    }

    private static HttpServletRequest page() {
        var headers = Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Sec-Fetch-Site", "none");
        return new HttpServletRequestWrapper(nothing()) {
            @Override
            public String getMethod() {
                return "GET";
            }

            @Override
            public String getHeader(String name) {
                return headers.get(name);
            }
        };
    }

    /** A request that answers nothing. */
    private static HttpServletRequest nothing() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Benchmark
    public RequestKind kindOfAProtectedPage() {
        return closed.kind("/orders/17");
    }

    @Benchmark
    public RequestKind kindOfAPublicImage() {
        return open.kind("/img/logo.png");
    }

    @Benchmark
    public Caller caller() {
        return RequestClassifier.caller(page);
    }
}

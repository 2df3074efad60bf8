package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONTRACT §4, {@code baseUrl}: no header makes an address of ours, but Host of a request that stays on this machine. */
class ApplicationAddressTest {
    private static final String MEMBERS = "https://members.example.org/members";
    private static final ApplicationAddress CONFIGURED =
            new ApplicationAddress(Optional.of(BaseUrl.parse(MEMBERS)), "/portal");
    private static final ApplicationAddress LOOPBACK = new ApplicationAddress(Optional.empty(), "/portal");
    private static Container container;

    @BeforeAll
    static void start() throws Exception {
        container = Container.at("/");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            AB-151 | Host: evil.example
            AB-151 | Host: localhost:8080
            AB-151 | Host: members.example.org:8443
            AB-152 | Host: a~X-Forwarded-Host: evil.example
            AB-152 | Host: a~X-Forwarded-Proto: http
            AB-152 | Host: a~X-Forwarded-Port: 8443
            AB-152 | Host: a~X-Forwarded-Prefix: /evil
            AB-152 | Host: a~Forwarded: host=evil.example;proto=http
            """)
    void isBaseUrlWhateverTheRequestSays(String id, String headers) throws Exception {
        assertEquals(MEMBERS, address(container, CONFIGURED, headers), id);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "localhost, http://localhost/portal",
        "localhost:8080, http://localhost:8080/portal",
        "127.0.0.1, http://127.0.0.1/portal",
        "127.0.0.1:1, http://127.0.0.1:1/portal",
        "[::1], http://[::1]/portal",
        "[::1]:65535, http://[::1]:65535/portal"
    })
    void isTheHostOfARequestFromThisMachine(String host, String address) throws Exception {
        assertEquals(address, address(container, LOOPBACK, "Host: " + host));
        assertEquals(
                address.replace("/portal", ""),
                address(container, new ApplicationAddress(Optional.empty(), ""), "Host: " + host));
    }

    @ParameterizedTest(name = "AB-151 Host: {0}")
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil-localhost",
                "localhostx",
                "127.0.0.1.evil.example",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "[::]",
                "[::ffff:127.0.0.1]",
                "::1",
                "localhost.",
                "localhost:65536",
                "localhost:99999",
                "members.example.org"
            })
    void isNoOtherHost(String host) throws Exception {
        var answered = address(container, LOOPBACK, "Host: " + host);

        assertTrue(answered.equals("BASE_URL_MISSING") || answered.equals("400"), answered);
    }

    @ParameterizedTest(name = "AB-152 {0}")
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Host: localhost",
                "X-Forwarded-Proto: https",
                "x-forwarded-port: 8080",
                "X-FORWARDED-PREFIX: /x",
                "X-Forwarded-Anything: x",
                "X-Forwarded-For: ",
                "Forwarded: for=127.0.0.1",
                "forwarded: host=localhost"
            })
    void isNoneBehindAProxy(String header) throws Exception {
        assertEquals("BASE_URL_MISSING", address(container, LOOPBACK, "Host: localhost~" + header));
    }

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
        "127.0.0.1, 127.0.0.1, http://localhost/portal",
        "127.8.9.10, 127.0.0.1, http://localhost/portal",
        "::1, ::1, http://localhost/portal",
        "::ffff:127.0.0.1, 127.0.0.1, http://localhost/portal",
        "192.0.2.7, 127.0.0.1, BASE_URL_MISSING",
        "127.0.0.1, 192.0.2.7, BASE_URL_MISSING",
        "10.0.0.1, 10.0.0.2, BASE_URL_MISSING",
        "169.254.1.1, 127.0.0.1, BASE_URL_MISSING",
        "2001:db8::1, ::1, BASE_URL_MISSING",
        "0.0.0.0, 127.0.0.1, BASE_URL_MISSING"
    })
    void isNoneForARequestThatDoesNotStayOnThisMachine(String remote, String local, String address) throws Exception {
        try (var there = between(new InetSocketAddress(remote, 4711), new InetSocketAddress(local, 8080))) {
            assertEquals(address, address(there, LOOPBACK, "Host: localhost"));
        }
    }

    // A name that a proxy's header brought in would be looked up, and localhost is a name too.
    @ParameterizedTest(name = "from {0}")
    @ValueSource(strings = {"localhost", "unknown", "evil.example", "_hidden"})
    void looksUpNoName(String remote) throws Exception {
        var here = new InetSocketAddress("127.0.0.1", 8080);
        try (var there = between(InetSocketAddress.createUnresolved(remote, 4711), here)) {
            assertEquals("BASE_URL_MISSING", address(there, LOOPBACK, "Host: localhost"));
        }
    }

    // Whoever speaks through a Unix socket is a proxy, and nginx sends "Host: localhost" there by itself.
    @Test
    void isNoneForARequestThroughASocketFile() throws Exception {
        var unnamed = UnixDomainSocketAddress.of("");
        try (var there = between(unnamed, unnamed)) {
            assertEquals("BASE_URL_MISSING", address(there, LOOPBACK, "Host: localhost"));
        }
    }

    @Test
    void isNoneUnderAContextPathThatNoUrlCanHold() throws Exception {
        var odd = new ApplicationAddress(Optional.empty(), "/my app");

        assertEquals("BASE_URL_MISSING", address(container, odd, "Host: localhost:8080"));
    }

    @Test
    void isNoneWithoutAHost() throws Exception {
        var refused = new AtomicReference<Optional<BaseUrl>>();

        container.raw("GET / HTTP/1.0\r\n\r\n", (request, response) -> refused.set(LOOPBACK.ifKnown(request)));

        assertEquals(Optional.empty(), refused.get());
    }

    // Jetty refuses them itself, unless it is told not to, and two that differ in any case.
    @Test
    @DisplayName("AB-157 is none where there are two hosts")
    void isNoneWhereThereAreTwoHosts() throws Exception {
        var lenient = HttpCompliance.RFC7230.with("TWO_HOSTS", HttpCompliance.Violation.DUPLICATE_HOST_HEADERS);
        try (var there = new Container(configuration -> configuration.setHttpCompliance(lenient), "/")) {
            assertEquals("BASE_URL_MISSING", address(there, LOOPBACK, "Host: localhost~Host: localhost"));
        }
    }

    /** A container that is told so where its requests come from and go to, as behind a proxy. */
    private static Container between(SocketAddress remote, SocketAddress local) throws Exception {
        HttpConfiguration.Customizer told = (request, headers) -> new Request.Wrapper(request) {
            @Override
            public ConnectionMetaData getConnectionMetaData() {
                return new ConnectionMetaData.Wrapper(super.getConnectionMetaData()) {
                    @Override
                    public SocketAddress getRemoteSocketAddress() {
                        return remote;
                    }

                    @Override
                    public SocketAddress getLocalSocketAddress() {
                        return local;
                    }
                };
            }
        };
        return new Container(configuration -> configuration.addCustomizer(told), "/");
    }

    /** The address, or why there is none: a reason, or the container's own status. */
    private static String address(Container container, ApplicationAddress address, String headers) throws Exception {
        var found = new AtomicReference<String>();
        var answer =
                container.raw("GET / HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n", (request, response) -> {
                    try {
                        found.set(address.of(request).value());
                        assertEquals(
                                found.get(),
                                address.ifKnown(request).orElseThrow().value());
                    } catch (LoginFailedException unknown) {
                        assertEquals(Reason.BASE_URL_MISSING, unknown.reason());
                        assertTrue(unknown.getMessage().contains("baseUrl"), unknown.getMessage());
                        assertEquals(Optional.empty(), address.ifKnown(request));
                        found.set(unknown.reason().name());
                    }
                });
        return answer.ran() ? found.get() : Integer.toString(answer.status());
    }
}

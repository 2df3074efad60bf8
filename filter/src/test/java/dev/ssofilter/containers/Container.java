package dev.ssofilter.containers;

import dev.ssofilter.program.StockContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The servlet containers that the filter is held to be the same in. */
enum Container {
    TOMCAT {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return TomcatContainer.start(false, folder, port, applications);
        }
    },
    TOMCAT_LENIENT {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return TomcatContainer.start(true, folder, port, applications);
        }
    },
    JETTY {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return JettyContainer.start(false, folder, port, applications);
        }
    },
    JETTY_LENIENT {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return JettyContainer.start(true, folder, port, applications);
        }
    },
    UNDERTOW {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return UndertowContainer.start(folder, port, applications);
        }
    },
    TOMCAT_10_1(StockContainer.TOMCAT_10_1),
    TOMCAT_11(StockContainer.TOMCAT_11),
    JETTY_12_0_EE10(StockContainer.JETTY_12_0_EE10),
    JETTY_12_1_EE10(StockContainer.JETTY_12_1_EE10),
    JETTY_12_1_EE11(StockContainer.JETTY_12_1_EE11),
    WILDFLY(StockContainer.WILDFLY),
    GLASSFISH(StockContainer.GLASSFISH);

    private static final String UNDERTOWS_PAGE =
            "<html><head><title>Error</title></head><body>500 - Internal Server Error</body></html>";

    private final Optional<StockContainer> stock;

    Container() {
        stock = Optional.empty();
    }

    Container(StockContainer stock) {
        this.stock = Optional.of(stock);
    }

    /** One that takes requests on 127.0.0.1. */
    interface Running extends AutoCloseable {
        int port();

        /** Stops as for a restart: Tomcat and Jetty in this JVM put sessions down in the folder. */
        @Override
        void close();
    }

    /** One in which nothing of an application can be. */
    record OwnAnswer(int status, String body) {}

    /** As downloaded where the build has them, beside Undertow, which nobody downloads; else all in this JVM. */
    static Stream<Container> underTest() {
        var downloaded = Stream.of(values())
                .filter(container ->
                        container.stock.filter(StockContainer::isThere).isPresent())
                .toList();
        return downloaded.isEmpty()
                ? Stream.of(values()).filter(container -> container.stock.isEmpty())
                : Stream.concat(Stream.of(UNDERTOW), downloaded.stream());
    }

    /**
     * @param folder for all that it writes; sessions that an earlier one has put down there go on
     * @param port 0 for a free one, as those of the makers always have
     * @throws IllegalStateException where an application does not start
     */
    Running start(Path folder, int port, List<WebApplication> applications) {
        return DownloadedContainer.start(stock.orElseThrow(), folder, applications);
    }

    /** Whether it is as strict about addresses as its makers made it; otherwise as kind as can be. */
    boolean isAsItComes() {
        return !name().endsWith("_LENIENT");
    }

    /** The container's own servlet for files, where it is none that serves what no other does. */
    Optional<String> fileServlet() {
        if (name().startsWith("TOMCAT")) {
            return Optional.of("org.apache.catalina.servlets.DefaultServlet");
        }
        return switch (this) {
            case JETTY, JETTY_LENIENT -> Optional.of("org.eclipse.jetty.ee10.servlet.DefaultServlet");
            case UNDERTOW -> Optional.of("io.undertow.servlet.handlers.DefaultServlet");
            default -> Optional.empty();
        };
    }

    /**
     * What it answers to this target, or this Host header, itself, before any filter. Undertow wants a slash at the start of
     * a path, and its later versions find none behind a user's name. GlassFish says to an address that it cannot read that
     * all is well, and nothing else.
     */
    Optional<OwnAnswer> ownAnswerTo(String targetOrHost) {
        return switch (this) {
            case WILDFLY -> Optional.of(new OwnAnswer(500, UNDERTOWS_PAGE)).filter(answer -> targetOrHost.equals("*"));
            case UNDERTOW ->
                Optional.of(new OwnAnswer(500, "")).filter(answer -> targetOrHost.matches("http://[^/]+@.*"));
            case GLASSFISH ->
                Optional.of(new OwnAnswer(200, "")).filter(answer -> targetOrHost.matches(".*%u.*|http:///.*|Host:"));
            default -> Optional.empty();
        };
    }

    /** As downloaded, Jetty's defaults for all applications forbid it to everybody: 403. */
    boolean forbidsTrace() {
        return stock.isPresent() && name().startsWith("JETTY");
    }

    /** GlassFish looks for a version of the application behind it, and answers 503. */
    boolean takesNoColonInAPath() {
        return this == GLASSFISH;
    }

    /** {@code /x?} is {@code /x} to its filters and servlets. */
    boolean forgetsAnEmptyQuery() {
        return isUndertow() || this == GLASSFISH;
    }

    /** After a dispatch of a request it looks for none of the application's error pages. */
    boolean showsAFailureAfterADispatchItself() {
        return isUndertow();
    }

    /** Where applications share their session cookie. GlassFish makes a new id wherever it makes a session. */
    boolean hasOneIdForAllApplications() {
        return this != GLASSFISH;
    }

    /** Where one id stands for a session in each of two applications: none under an id that was ended in one of them. */
    boolean refusesASecondSessionUnderAnId() {
        return name().startsWith("JETTY");
    }

    /** GlassFish has no SameSite for its session cookie, whoever sets it. */
    boolean writesSameSite() {
        return this != GLASSFISH;
    }

    private boolean isUndertow() {
        return this == UNDERTOW || this == WILDFLY;
    }
}

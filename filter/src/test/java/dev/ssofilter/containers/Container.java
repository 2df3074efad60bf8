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
    TOMCAT_10_1(StockContainer.TOMCAT_10_1),
    TOMCAT_11(StockContainer.TOMCAT_11),
    JETTY_12_0_EE10(StockContainer.JETTY_12_0_EE10),
    JETTY_12_1_EE10(StockContainer.JETTY_12_1_EE10),
    JETTY_12_1_EE11(StockContainer.JETTY_12_1_EE11),
    WILDFLY(StockContainer.WILDFLY),
    GLASSFISH(StockContainer.GLASSFISH);

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

        /** Stops as for a restart: what this JVM has in itself puts sessions down in the folder. */
        @Override
        void close();
    }

    /** As downloaded where the build has them, else in this JVM. */
    static Stream<Container> underTest() {
        var downloaded = Stream.of(values())
                .filter(container ->
                        container.stock.filter(StockContainer::isThere).isPresent())
                .toList();
        return downloaded.isEmpty()
                ? Stream.of(values()).filter(container -> !container.isStock())
                : downloaded.stream();
    }

    /**
     * @param folder for all that it writes; sessions that an earlier one has put down there go on
     * @param port 0 for a free one, as those of the makers always have
     * @throws IllegalStateException where an application does not start
     */
    Running start(Path folder, int port, List<WebApplication> applications) {
        return DownloadedContainer.start(stock.orElseThrow(), folder, applications);
    }

    /** Run as its makers hand it out, a process of its own. */
    boolean isStock() {
        return stock.isPresent();
    }

    /** Whether it is as strict about addresses as its makers made it; otherwise as kind as can be. */
    boolean isAsItComes() {
        return !name().endsWith("_LENIENT");
    }

    /** Where one id stands for a session in each of two applications; Jetty makes no other under an id that was ended. */
    boolean makesASecondSessionUnderAnId() {
        return name().startsWith("TOMCAT");
    }

    /** The container's own servlet for files, where it is none that serves what no other does. */
    Optional<String> fileServlet() {
        if (name().startsWith("TOMCAT")) {
            return Optional.of("org.apache.catalina.servlets.DefaultServlet");
        }
        return isStock() ? Optional.empty() : Optional.of("org.eclipse.jetty.ee10.servlet.DefaultServlet");
    }
}

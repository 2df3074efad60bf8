package dev.ssofilter.containers;

import java.nio.file.Path;
import java.util.List;

/** The servlet containers that the filter is held to be the same in. */
enum Container {
    TOMCAT {
        @Override
        Running start(UriRules rules, Path folder, int port, List<WebApplication> applications) {
            return TomcatContainer.start(rules, folder, port, applications);
        }

        @Override
        String fileServlet() {
            return "org.apache.catalina.servlets.DefaultServlet";
        }
    },
    JETTY {
        @Override
        Running start(UriRules rules, Path folder, int port, List<WebApplication> applications) {
            return JettyContainer.start(rules, folder, port, applications);
        }

        @Override
        String fileServlet() {
            return "org.eclipse.jetty.ee10.servlet.DefaultServlet";
        }
    };

    /** What a container makes of an address that is written in an odd way. */
    enum UriRules {
        /** As it comes. */
        DEFAULT,
        /** The most that a deployer can let through. */
        LENIENT
    }

    /** One that takes requests on 127.0.0.1. */
    interface Running extends AutoCloseable {
        int port();

        /** Stops as for a restart: sessions are put down in the folder. */
        @Override
        void close();
    }

    /**
     * @param folder for all that it writes; sessions that an earlier one has put down there go on
     * @param port 0 for a free one
     * @throws IllegalStateException where an application does not start
     */
    abstract Running start(UriRules rules, Path folder, int port, List<WebApplication> applications);

    /** The container's own servlet for files. */
    abstract String fileServlet();
}

package dev.ssofilter.containers;

import java.nio.file.Path;
import java.util.List;

/** The servlet containers that the filter is held to be the same in. */
enum Container {
    TOMCAT {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return TomcatContainer.start(folder, port, applications);
        }
    },
    JETTY {
        @Override
        Running start(Path folder, int port, List<WebApplication> applications) {
            return JettyContainer.start(folder, port, applications);
        }
    };

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
    abstract Running start(Path folder, int port, List<WebApplication> applications);
}

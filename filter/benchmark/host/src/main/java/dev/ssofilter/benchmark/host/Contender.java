package dev.ssofilter.benchmark.host;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Something that signs people in. Its class is named on the command line of {@link Host}. */
public interface Contender {
    /** Protects every path of the application; what it needs of the provider it may ask now or later. */
    void protect(ServletContextHandler application, Site site) throws Exception;
}

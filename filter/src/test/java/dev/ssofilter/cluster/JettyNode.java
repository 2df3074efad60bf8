package dev.ssofilter.cluster;

import dev.ssofilter.SsoFilter;
import dev.ssofilter.containers.ApplicationServlet;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DatabaseAdaptor;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.JDBCSessionDataStoreFactory;
import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.h2.jdbcx.JdbcConnectionPool;

/** A node, a program of its own: the filter and a servlet in a Jetty that keeps sessions in a database, as README has it. */
public final class JettyNode {
    private JettyNode() {}

    /** @param arguments its name, the database's address, and settings as {@code name=value} */
    public static void main(String... arguments) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        keepSessions(server, arguments[0], arguments[1]);
        server.setHandler(application(settings(Arrays.copyOfRange(arguments, 2, arguments.length))));
        server.start();
        System.out.println("Listens on " + connector.getLocalPort());
    }

    private static void keepSessions(Server server, String name, String databaseUrl) {
        var database = new DatabaseAdaptor();
        database.setDatasource(JdbcConnectionPool.create(databaseUrl, "", ""));
        var store = new JDBCSessionDataStoreFactory();
        store.setDatabaseAdaptor(database);
        server.addBean(store);
        var cache = new NullSessionCacheFactory();
        cache.setFlushOnResponseCommit(true);
        server.addBean(cache);
        var ids = new DefaultSessionIdManager(server);
        ids.setWorkerName(name);
        server.addBean(ids, true);
    }

    private static ServletContextHandler application(Map<String, String> settings) {
        var context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        var servlet = new ServletHolder(new ApplicationServlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        var filter = new FilterHolder(new SsoFilter());
        filter.setAsyncSupported(true);
        filter.setInitParameters(settings);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        return context;
    }

    private static Map<String, String> settings(String... lines) {
        return Arrays.stream(lines)
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }
}

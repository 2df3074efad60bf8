package dev.ssofilter.cluster;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Locale;
import java.util.UUID;
import org.h2.tools.Server;

/** The database of the nodes' sessions: H2 in this JVM's memory, which other programs reach on 127.0.0.1. */
final class SessionTable implements AutoCloseable {
    static {
        // H2 reads it once. Otherwise it listens on every interface.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private final String name = "mem:" + UUID.randomUUID();
    private final Connection connection;
    private final Server server;

    SessionTable() {
        try {
            connection = DriverManager.getConnection("jdbc:h2:" + name);
            server = Server.createTcpServer("-tcpPort", "0").start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** As {@link TwoNodes#copy}. */
    String copy(String cookie, String written, String changed) {
        var copied = TwoNodes.copyOf(cookie);
        try (var query = connection.createStatement();
                var row = query.executeQuery("select * from JettySessions where sessionId = '" + id(cookie) + "'")) {
            row.next();
            insert(row, id(copied), changed(row.getBytes("map"), written, changed));
            return copied;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(ResultSet row, String id, byte... map) throws SQLException {
        var columns = row.getMetaData();
        var marks = String.join(", ", Collections.nCopies(columns.getColumnCount(), "?"));
        try (var insert = connection.prepareStatement("insert into JettySessions values (" + marks + ")")) {
            for (var column = 1; column <= columns.getColumnCount(); column++) {
                switch (columns.getColumnName(column).toLowerCase(Locale.ROOT)) {
                    case "sessionid" -> insert.setString(column, id);
                    case "map" -> insert.setBytes(column, map);
                    default -> insert.setObject(column, row.getObject(column));
                }
            }
            insert.executeUpdate();
        }
    }

    /** The cookie says besides at which node the session was last. */
    private static String id(String cookie) {
        return cookie.split("\\.")[0];
    }

    private static byte[] changed(byte[] stream, String written, String changed) {
        var text = new String(stream, StandardCharsets.ISO_8859_1);
        if (!text.contains(written)) {
            throw new IllegalStateException("no " + written + " in the session");
        }
        return text.replace(written, changed).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        server.stop();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

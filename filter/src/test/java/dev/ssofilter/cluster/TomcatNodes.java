package dev.ssofilter.cluster;

import dev.ssofilter.containers.WebApplication;
import dev.ssofilter.program.StockContainer;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Two Tomcats with their sessions in Redis, by Redisson, as the README has it. */
final class TomcatNodes extends TwoNodes {
    private static final String SESSION = "redisson:tomcat_session:";

    private final Redis redis;

    private TomcatNodes(Redis redis) {
        this.redis = redis;
    }

    /**
     * Starts them, with a directory record for this pool.
     *
     * @param folder for all that they write
     */
    static TomcatNodes start(PretendUserPool pool, Path folder) {
        try {
            var started = new TomcatNodes(Redis.start(folder));
            try {
                var settings = started.settings(pool, Map.of()).entrySet().stream()
                        .flatMap(setting -> List.of(setting.getKey(), setting.getValue()).stream())
                        .toArray(String[]::new);
                var war = WebApplication.at("", pool, settings).writeWar(folder);
                for (var name : List.of("one", "two")) {
                    started.run(Files.createDirectory(folder.resolve(name)), war);
                }
                return started;
            } catch (RuntimeException | IOException e) {
                started.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Path base, Path war) throws IOException {
        var libraries = Path.of(System.getProperty("redisson.libraries"));
        var own = Files.createDirectory(base.resolve("lib"));
        try (var jars = Files.list(libraries)) {
            for (var jar : jars.toList()) {
                Files.copy(jar, own.resolve(jar.getFileName()));
            }
        }
        Files.createDirectory(base.resolve("conf"));
        Files.writeString(base.resolve("conf/context.xml"), """
                <Context>
                  <Manager className="org.redisson.tomcat.RedissonSessionManager"
                           configPath="${catalina.base}/conf/redisson.yaml" readMode="REDIS"/>
                </Context>
                """);
        Files.writeString(base.resolve("conf/redisson.yaml"), """
                singleServerConfig:
                  address: "redis://127.0.0.1:%d"
                codec: !<org.redisson.codec.SerializationCodec> {}
                """.formatted(redis.port()));
        var node = StockContainer.TOMCAT_10_1.start(base, List.of(war), List.of("-Xmx512m"));
        add(node.process(), node.port());
    }

    @Override
    String copy(String cookie, String written, String changed) {
        var copied = copyOf(cookie);
        var content = redis.hash(SESSION + cookie);
        var found = false;
        for (var i = 0; i < content.size(); i += 2) {
            var value = content.get(i + 1);
            found |= value.contains(written);
            redis.setInHash(SESSION + copied, content.get(i), value.replace(written, changed));
        }
        if (!found) {
            throw new IllegalStateException("no " + written + " in the session");
        }
        return copied;
    }

    @Override
    public void close() {
        super.close();
        redis.close();
    }
}

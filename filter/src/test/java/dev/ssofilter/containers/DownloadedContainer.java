package dev.ssofilter.containers;

import dev.ssofilter.program.StockContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The applications as WARs, in a container as its makers hand it out. */
final class DownloadedContainer implements Container.Running {
    /** More than the heap that the sample needs: there are thirteen applications. */
    private static final List<String> OPTIONS = List.of("-Xmx512m");

    private final StockContainer.Started started;

    private DownloadedContainer(StockContainer.Started started) {
        this.started = started;
    }

    static DownloadedContainer start(StockContainer stock, Path folder, List<WebApplication> applications) {
        try {
            var wars = Files.createDirectories(folder.resolve("wars"));
            var files = applications.stream()
                    .map(application -> madeFor(stock, application).writeWar(wars))
                    .toList();
            return new DownloadedContainer(stock.start(Files.createDirectory(folder.resolve("base")), files, OPTIONS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the README tells its users. */
    private static WebApplication madeFor(StockContainer stock, WebApplication application) {
        return switch (stock) {
            case WILDFLY -> application.settingUpItsSessionCookie().askingUndertowForSameSite();
            case GLASSFISH -> application.settingUpItsSessionCookie();
            default -> application;
        };
    }

    @Override
    public int port() {
        return started.port();
    }

    @Override
    public void close() {
        started.process().close();
    }
}

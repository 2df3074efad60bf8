package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Node;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.web.SessionCookie;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the filter learns at start, and tells: all problems at once, or the settings in effect.
 *
 * @param settings those of the application alone where it is not open
 * @param listeners the application's
 * @param problems why there is no directory record that can be used; none where there is one
 */
record Start(Settings settings, Listeners listeners, List<String> problems) {
    private static final System.Logger LOG = System.getLogger(Start.class.getName());
    private static final Runtime.Version SIGNATURES_MENDED = Runtime.Version.parse("17.0.3"); // CVE-2022-21449

    /** @throws ServletException with every problem at once */
    static Start of(SettingsSources sources, ServletContext context, SetupMapping setup) throws ServletException {
        var problems = new ArrayList<String>();
        SessionCookie.problem(context).ifPresent(problems::add);
        problems.addAll(setup.problems());
        var mendable = problems.isEmpty() && setup.path().isPresent();
        try {
            var settings = Settings.read(sources);
            var listeners = Listeners.load(settings.listeners(), applicationLoader(context));
            if (problems.isEmpty()) {
                tell("sso-filter started", settings);
                SessionCookie.warning(context).ifPresent(warning -> LOG.log(Level.WARNING, warning));
                return new Start(settings, listeners, List.of());
            }
        } catch (SettingsException e) {
            problems.addAll(e.problems());
        } catch (UncheckedIOException unreadable) {
            problems.add(String.valueOf(unreadable.getMessage()));
        }
        return mendable ? closed(sources, context, setup, problems) : refuse(problems);
    }

    /** Where the record alone is to blame, the setup screen can mend it. */
    private static Start closed(
            SettingsSources sources, ServletContext context, SetupMapping setup, List<String> problems)
            throws ServletException {
        try {
            var settings = Settings.ofTheApplication(sources);
            var listeners = Listeners.load(settings.listeners(), applicationLoader(context));
            var base = settings.baseUrl().map(BaseUrl::value).orElse("http://localhost:PORT + context path + ");
            LOG.log(
                    Level.WARNING,
                    "sso-filter is not set up: every page answers 503 until these problems of the directory record are"
                            + " mended:" + listed(problems) + "\nOpen the setup screen: " + base
                            + setup.path().orElseThrow());
            return new Start(settings, listeners, List.copyOf(problems));
        } catch (SettingsException others) {
            return refuse(problems);
        }
    }

    private static Start refuse(List<String> problems) throws ServletException {
        throw new ServletException("SsoFilter cannot start, " + problems.size()
                + (problems.size() == 1 ? " problem:" : " problems:") + listed(problems));
    }

    /** An embedded container need not have one of its own for an application. */
    private static ClassLoader applicationLoader(ServletContext context) {
        return Objects.requireNonNullElse(context.getClassLoader(), Start.class.getClassLoader());
    }

    static String listed(List<String> problems) {
        return "\n- " + String.join("\n- ", problems);
    }

    static SettingsSources sources(FilterConfig config) {
        return new SettingsSources(
                initParams(config),
                name -> Optional.ofNullable(System.getProperty(name)),
                name -> Optional.ofNullable(System.getenv(name)),
                path -> text(config.getServletContext(), path));
    }

    private static Map<String, String> initParams(FilterConfig config) {
        var values = new LinkedHashMap<String, String>();
        for (var name : Collections.list(config.getInitParameterNames())) {
            values.put(name, config.getInitParameter(name));
        }
        return values;
    }

    private static Optional<String> text(ServletContext context, String path) {
        try (var in = context.getResourceAsStream(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(in.readAllBytes()))
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException("directory: " + path + " cannot be read as UTF-8; save it as that", e);
        }
    }

    static void tell(String event, Settings settings) {
        LOG.log(Level.INFO, event + "\n  " + String.join("\n  ", settings.banner()));
        settings.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        if (Runtime.version().compareTo(SIGNATURES_MENDED) < 0) {
            LOG.log(
                    Level.WARNING,
                    "this Java, " + Runtime.version() + ", may accept forged ES256 signatures (CVE-2022-21449);"
                            + " expected 17.0.3 or later: update it");
        }
    }

    /** The keys given, or one that all nodes derive alike from the client secret, or one of this node alone. */
    static Sealer sealer(Settings settings, Node node) {
        if (!settings.cookieKeys().isEmpty()) {
            return Sealer.withKeys(settings.cookieKeys());
        }
        return settings.directory().clientSecret().map(Sealer::fromClientSecret).orElseGet(node::sealer);
    }
}

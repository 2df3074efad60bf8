package dev.ssofilter;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
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
import java.util.Map;
import java.util.Optional;

/** What the filter learns at start, and tells: all problems at once, or the settings in effect. */
final class Start {
    private static final System.Logger LOG = System.getLogger(Start.class.getName());
    private static final Runtime.Version SIGNATURES_MENDED = Runtime.Version.parse("17.0.3"); // CVE-2022-21449

    private Start() {}

    /** @throws ServletException with every problem at once */
    static Settings settings(SettingsSources sources, ServletContext context) throws ServletException {
        var problems = new ArrayList<String>();
        SessionCookie.problem(context).ifPresent(problems::add);
        try {
            var settings = Settings.read(sources);
            if (problems.isEmpty()) {
                tell("sso-filter started", settings);
                SessionCookie.warning(context).ifPresent(warning -> LOG.log(Level.WARNING, warning));
                return settings;
            }
        } catch (SettingsException e) {
            problems.addAll(e.problems());
        } catch (UncheckedIOException unreadable) {
            problems.add(String.valueOf(unreadable.getMessage()));
        }
        throw new ServletException("SsoFilter cannot start, " + problems.size()
                + (problems.size() == 1 ? " problem:" : " problems:") + "\n- " + String.join("\n- ", problems));
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

    /** The keys given, or one that all nodes derive alike from the client secret, or one of this process alone. */
    static Sealer sealer(Settings settings) {
        if (!settings.cookieKeys().isEmpty()) {
            return Sealer.withKeys(settings.cookieKeys());
        }
        return settings.directory().clientSecret().map(Sealer::fromClientSecret).orElseGet(Sealer::random);
    }
}

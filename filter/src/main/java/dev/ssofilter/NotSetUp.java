package dev.ssofilter;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.ProviderHealth;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.web.ClearPaths;
import dev.ssofilter.web.FailurePage;
import dev.ssofilter.web.FailurePage.OwnPage;
import dev.ssofilter.web.Health;
import dev.ssofilter.web.RequestClassifier;
import dev.ssofilter.web.RequestKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Nobody comes in, and nothing is public, until there is a directory record: only the setup screen can be reached, and
 * where the application alone has set {@code healthPath}, what stands there.
 */
final class NotSetUp implements Gate {
    private final Settings settings;
    private final ClearPaths setup;
    private final RequestClassifier classifier;
    private final FailurePage failurePage;

    /** @param setup where the setup screen is mapped, which guards itself */
    NotSetUp(Settings settings, ClearPaths setup) {
        this.settings = settings;
        this.setup = setup;
        classifier = new RequestClassifier(settings, setup.contextPath());
        failurePage = new FailurePage(Optional.empty(), settings.ownPaths());
    }

    @Override
    public Optional<HttpServletRequest> decide(HttpServletRequest request, HttpServletResponse response)
            throws IOException, LoginFailedException {
        if (request.getDispatcherType() != DispatcherType.REQUEST || setup.takeIn(request.getRequestURI())) {
            return Optional.of(request);
        }
        if (classifier.kind(request.getRequestURI()) == RequestKind.HEALTH) {
            Health.write(request, response, ProviderHealth.notSetUp());
            return Optional.empty();
        }
        throw new LoginFailedException(
                Reason.NOT_SET_UP, "no directory record can be used; open the setup screen at " + setup.patterns());
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Optional<OwnPage> refuse(HttpServletRequest request, HttpServletResponse response, LoginFailedException why)
            throws IOException {
        return failurePage.answer(request, response, why, Optional.empty());
    }

    @Override
    public void close() {
        // holds nothing open
    }
}

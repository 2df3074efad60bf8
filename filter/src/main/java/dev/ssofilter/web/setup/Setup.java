package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.oidc.AuthorizationResponse;
import dev.ssofilter.oidc.Parameters;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.web.ApplicationAddress;
import dev.ssofilter.web.FailurePage;
import dev.ssofilter.web.Html;
import dev.ssofilter.web.OwnAnswer;
import dev.ssofilter.web.ResponseChannel;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The setup screen, from outside: nobody comes to the {@link Desk} whom the {@link Guard} did not let in. */
public final class Setup {
    /** The attribute of the servlet context by which the filter hands the screen to its servlet. */
    public static final String ATTRIBUTE = "dev.ssofilter.setup";

    private static final int MOST_BYTES_OF_A_TOKEN = 4 * 1024;

    private final SetupHost host;
    private final Guard guard;
    private final TestSignIns tests;
    private final Desk desk;
    private final FailurePage failurePage;

    /** Prints the one-time token. */
    public Setup(SetupHost host) {
        this.host = host;
        guard = new Guard(host);
        failurePage = new FailurePage(Optional.empty(), host.settings().get().ownPaths());
        tests = new TestSignIns(host.contextPath(), host.clock());
        desk = new Desk(host, guard, tests);
        guard.printToken();
    }

    /** Answers a request to the screen's own path. */
    public void service(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        try {
            answer(request, response);
        } catch (RuntimeException | StackOverflowError | LinkageError unexpected) {
            var fault = new LoginFailedException(Reason.INTERNAL_ERROR, "nobody expected this", unexpected);
            failurePage.write(request, response, fault, Optional.empty());
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        BaseUrl base;
        try {
            base = new ApplicationAddress(host.settings().get().baseUrl(), host.contextPath()).of(request);
        } catch (LoginFailedException noAddress) {
            failurePage.write(request, response, noAddress, Optional.empty());
            return;
        }
        var admitted = guard.admit(request, response, base);
        if (admitted.isPresent()) {
            desk.serve(request, response, base, admitted.get());
        } else if (request.getMethod().equals("POST") && hasToken(request, response, base)) {
            OwnAnswer.redirect(response, HttpServletResponse.SC_SEE_OTHER, base.value() + host.path());
        } else {
            locked(response, base);
        }
    }

    private boolean hasToken(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws IOException {
        if (!Guard.isOurs(request, base)) {
            return false;
        }
        var body = request.getInputStream().readNBytes(MOST_BYTES_OF_A_TOKEN);
        return Parameters.parse(new String(body, StandardCharsets.UTF_8))
                .single("token")
                .filter(given -> guard.redeem(given, response, base))
                .isPresent();
    }

    /** The same for everybody, whatever was asked: it shows nothing of the record. */
    private void locked(HttpServletResponse response, BaseUrl base) throws IOException {
        SetupPage.write(
                response,
                HttpServletResponse.SC_FORBIDDEN,
                "Setup is locked",
                Html.of("""
                        <p>Sign in with the role that <code>setupRole</code> names, or enter the one-time token. The log of the
                        application showed it at start, and shows a new one each time it is used up.</p>
                        <form method="post" action="{}">
                        <p class="field"><label for="token">One-time token</label>
                        <input id="token" name="token" type="password" autocomplete="off" required></p>
                        <button class="action" id="unlock">Unlock</button>
                        </form>""", base.value() + host.path()));
    }

    /** Whether the request was the response of a test sign-in, and is answered with what that brought. */
    public boolean completesTest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var test = tests.take(request, response);
        if (test.isPresent()) {
            complete(test.get(), request, response);
        }
        return test.isPresent();
    }

    private void complete(TestSignIns.UnderWay test, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var back = test.base().value() + host.path();
        var channel = new ResponseChannel(test.settings().directory().enableResponseModeFormPost());
        Html outcome;
        try (var flow = new AuthorizationCodeFlow(test.settings(), host.clock(), System::nanoTime)) {
            var answer = AuthorizationResponse.read(channel.read(request, response));
            outcome = test.pending().answers(answer.state())
                    ? TestPage.of(flow.test(answer, test.pending(), test.returnUrl()), test.settings(), back)
                    : TestPage.another(back);
        } catch (LoginFailedException failure) {
            outcome = TestPage.failed(failure, test.hidden(), back);
        }
        SetupPage.writeOutcome(response, "Test sign-in", outcome);
    }
}

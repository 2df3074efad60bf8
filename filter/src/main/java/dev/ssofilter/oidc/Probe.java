package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends the doctor's requests. The first one to a host also tells whether its name, its connection and its certificate are
 * good; a host that could not be reached is not asked again.
 */
final class Probe {
    /** The most bytes of a page that somebody signs in or out on. */
    static final int PAGE_LIMIT = 256 * 1024;

    private static final int DAYS_TO_RENEW = 21;
    private static final List<Check> STEPS = List.of(Check.DNS, Check.CONNECTION, Check.CERTIFICATE);

    private final Outbound outbound;
    private final Clock clock;
    private final Findings findings;
    private final Set<String> reached = new HashSet<>();
    private final Set<String> unreached = new HashSet<>();
    private ClockDifference clocks = new ClockDifference(Optional.empty());

    Probe(Outbound outbound, Clock clock, Findings findings) {
        this.outbound = outbound;
        this.clock = clock;
        this.findings = findings;
    }

    Outbound outbound() {
        return outbound;
    }

    /** A page's GET, as a browser asks for it. */
    static HttpRequest page(URI url) {
        return OutboundRequest.get(url, "text/html");
    }

    /**
     * The answer, whatever its status.
     *
     * @param check for whose sake it is asked; it has its finding where there is no answer
     * @param refused what an answer means to it that cannot be read: too long, compressed, no text
     */
    Optional<HTTPResponse> ask(Check check, HttpRequest request, int limit, Status refused) {
        String origin = Provider.origin(request.uri());
        if (unreached.contains(origin)) {
            findings.notTried(check, shown(request) + " cannot be reached");
            return Optional.empty();
        }
        try {
            var exchange = outbound.exchange(request, limit);
            tellReached(check, request, exchange.certificate());
            compareClocks(exchange.response());
            return Optional.of(exchange.response());
        } catch (LoginFailedException e) {
            if (e.reason() == Reason.USER_POOL_UNREACHABLE) {
                tellUnreached(check, request, e);
            } else {
                tellReached(check, request, Optional.empty());
                findings.told(check, refused, check.setting(), String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
    }

    private static String shown(HttpRequest request) {
        return request.uri().getScheme() + "://" + request.uri().getRawAuthority();
    }

    private void tellReached(Check check, HttpRequest request, Optional<X509Certificate> certificate) {
        if (reached.add(Provider.origin(request.uri()))) {
            String origin = shown(request);
            tell(Check.DNS, check, origin + ": the name is known");
            tell(Check.CONNECTION, check, origin + " takes connections");
            certificate.ifPresentOrElse(
                    shown -> tellCertificate(check, origin, shown),
                    () -> tell(Check.CERTIFICATE, check, origin + ": none to look at"));
        }
    }

    private void tellCertificate(Check check, String origin, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        long days = Duration.between(clock.instant(), end).toDays();
        String found = origin + ": the certificate is valid for " + days + (days == 1 ? " more day" : " more days");
        if (days < DAYS_TO_RENEW) {
            findings.add(
                    Check.CERTIFICATE,
                    Status.WARNING,
                    check.setting(),
                    found,
                    "whoever runs that host has to renew it before " + end + "; nobody can sign in after that");
        } else {
            tell(Check.CERTIFICATE, check, found);
        }
    }

    private void tellUnreached(Check check, HttpRequest request, LoginFailedException failure) {
        unreached.add(Provider.origin(request.uri()));
        String origin = shown(request);
        Check failed = OutboundFailures.step(failure);
        if (reached.contains(Provider.origin(request.uri()))) {
            findings.unknown(check, failure);
            return;
        }
        for (Check step : STEPS) {
            if (step == failed) {
                findings.told(step, Status.FAILED, check.setting(), String.valueOf(failure.getMessage()));
            } else if (step.compareTo(failed) < 0) {
                tell(step, check, origin + (step == Check.DNS ? ": the name is known" : " takes connections"));
            } else {
                findings.add(
                        step, Status.UNKNOWN, check.setting(), origin + ": not tried, as it cannot be reached", "");
            }
        }
        findings.notTried(check, origin + " cannot be reached");
    }

    private void tell(Check step, Check check, String found) {
        findings.add(step, Status.PASSED, check.setting(), found, "");
    }

    /** An answer with an Age comes from a cache, and its Date from some time ago (RFC 9111 §5.1). */
    private void compareClocks(HTTPResponse response) {
        if (response.getHeaderValue("Age") == null) {
            var date = AnswerTimes.date(response);
            clocks = date.isPresent() ? ClockDifference.between(date, clock.instant()) : clocks;
        }
    }

    /** As the last answer that tells has it. */
    ClockDifference clocks() {
        return clocks;
    }
}

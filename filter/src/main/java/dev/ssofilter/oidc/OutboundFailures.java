package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What the operator reads when no whole answer came: in words of the network, not of the client's classes. */
final class OutboundFailures {
    private static final int TOO_MANY_REQUESTS = 429;

    private OutboundFailures() {}

    /**
     * @param peer scheme, host and path of what was asked, as {@link Quoted#url} has it
     * @param failure what ended the exchange
     */
    static LoginFailedException explain(String peer, Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof BoundedBody.TooLongException) {
            return refused(peer, failure.getMessage() + ", which no honest answer is", failure);
        }
        if (failure instanceof ProtocolException || !(failure instanceof IOException)) {
            return refused(peer, "it is not HTTP/1.1", failure);
        }
        return unreachable(peer, found(failure), failure);
    }

    private static String found(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "did not accept a connection in time; check firewall and proxy";
        }
        if (isCausedBy(failure, UnresolvedAddressException.class) || isCausedBy(failure, UnknownHostException.class)) {
            return "has a host name that DNS does not know; check its spelling in the directory record";
        }
        if (failure instanceof ConnectException) {
            return "refused the connection; check host and port in the directory record, and the firewall";
        }
        if (isCausedBy(failure, SSLException.class)) {
            return "could not be trusted (TLS): " + distrust(failure);
        }
        return "broke the connection before its answer was complete; try again, then look at the provider's status";
    }

    /** There is no setting that skips any of it. */
    private static String distrust(Throwable failure) {
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return "its certificate has expired; whoever runs that host has to renew it";
        }
        if (isCausedBy(failure, CertificateNotYetValidException.class)) {
            return "its certificate is not valid yet; compare this machine's clock";
        }
        if (isCausedBy(failure, CertPathBuilderException.class)
                || isCausedBy(failure, CertPathValidatorException.class)) {
            return "its certificate comes from an authority that this Java does not know, or from itself; put that"
                    + " authority's certificate into a file that `caFile` names, or have it signed by a known one";
        }
        if (isCausedBy(failure, CertificateException.class)) {
            return "its certificate names another host; correct the host in the directory record, or have the"
                    + " certificate renewed with this name";
        }
        return "it broke off the handshake, or speaks no TLS; check host and port in the directory record";
    }

    /** On which step of the way to the provider a request came to its end. */
    static Check step(LoginFailedException unreachable) {
        Throwable failure = Objects.requireNonNullElse(unreachable.getCause(), unreachable);
        if (isCausedBy(failure, UnresolvedAddressException.class) || isCausedBy(failure, UnknownHostException.class)) {
            return Check.DNS;
        }
        return isCausedBy(failure, SSLException.class) ? Check.CERTIFICATE : Check.CONNECTION;
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(type::isInstance);
    }

    /** Whether an answer with this status says nothing but that the provider cannot answer now (RFC 6585 §4, RFC 9110 §15.6). */
    static boolean isOutage(int status) {
        return status == TOO_MANY_REQUESTS || status >= HTTPResponse.SC_SERVER_ERROR;
    }

    /** An answer that {@link #isOutage} says nothing but when to ask again. */
    static LoginFailedException outage(String found, HTTPResponse answer) {
        return new LoginFailedException(
                Reason.USER_POOL_UNREACHABLE,
                found + "; try again, then look at the provider's status",
                AnswerTimes.retryAfter(answer).orElse(Duration.ZERO));
    }

    /** No whole answer, and the next login may have more luck. */
    static LoginFailedException unreachable(String peer, String found, Throwable cause) {
        return new LoginFailedException(Reason.USER_POOL_UNREACHABLE, peer + " " + found, cause);
    }

    /** An answer came that is none. */
    static LoginFailedException refused(String peer, String found, Throwable cause) {
        return new LoginFailedException(
                Reason.PROVIDER_ANSWER_REFUSED,
                "the answer of " + peer + " is refused: " + found
                        + "; check that the URL in the directory record or the"
                        + " discovery document is the provider's",
                cause);
    }

    /** {@link Outbound#close()} was called. */
    static LoginFailedException stopped(String peer, Throwable cause) {
        return unreachable(peer, "is no longer asked: the application is being stopped", cause);
    }
}

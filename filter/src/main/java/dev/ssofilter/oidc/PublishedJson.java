package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.directory.Json;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;

/**
 * Gets a JSON object that a provider publishes for everybody: its discovery document, its JWKS.
 *
 * @param limit the most bytes it may have
 * @param refused the reason where something else than such a document comes
 * @param remedy what to do about it, the end of each message
 */
record PublishedJson(Outbound outbound, int limit, Reason refused, String remedy) {
    /** @throws LoginFailedException as {@link Outbound#send}; for 429 and 5xx with USER_POOL_UNREACHABLE */
    Published<Map<String, Object>> get(URI url) throws LoginFailedException {
        HTTPResponse answer = outbound.sendInBackground(request(url), limit);
        return new Published<>(read(url, answer), AnswerTimes.fresh(answer));
    }

    HttpRequest request(URI url) {
        return OutboundRequest.get(url, "application/json");
    }

    /** What came for {@link #request}. */
    Map<String, Object> read(URI url, HTTPResponse answer) throws LoginFailedException {
        requireOk(url, answer);
        try {
            return Json.object(answer.getBody());
        } catch (Json.MalformedException e) {
            String type = String.valueOf(answer.getHeaderValue("Content-Type"));
            throw new LoginFailedException(
                    refused,
                    Quoted.url(url) + " answered with no JSON object (Content-Type " + Quoted.text(type) + "); "
                            + remedy,
                    e);
        }
    }

    private void requireOk(URI url, HTTPResponse answer) throws LoginFailedException {
        int status = answer.getStatusCode();
        if (status == HTTPResponse.SC_OK) {
            return;
        }
        String found = Quoted.url(url) + " answered with status " + status;
        if (OutboundFailures.isOutage(status)) {
            throw OutboundFailures.outage(found, answer);
        }
        if (status >= 300 && status < 400) {
            throw new LoginFailedException(refused, found + ", a redirect, and none is followed; " + remedy);
        }
        if (status == HTTPResponse.SC_BAD_REQUEST || status == HTTPResponse.SC_NOT_FOUND) {
            // Cognito: a pool id that does not exist, or one of another region, is answered with 400 or 404.
            throw new LoginFailedException(refused, found + ": there is no such user pool or provider; " + remedy);
        }
        throw new LoginFailedException(refused, found + ", expected 200; " + remedy);
    }
}

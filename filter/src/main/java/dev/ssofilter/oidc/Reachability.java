package dev.ssofilter.oidc;

import dev.ssofilter.directory.Listeners;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells once that a host of the provider does not answer, whose failures who asked logs, and once that it is back. */
final class Reachability {
    private static final System.Logger LOG = System.getLogger("dev.ssofilter.oidc");

    private final Listeners listeners;
    private final Set<URI> unreachable = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Reachability(Listeners listeners) {
        this.listeners = listeners;
    }

    /** Makes the call, whose failures say something only while nobody breaks it off. */
    Exchange watch(URI asked, Bulkhead.Call<Exchange> call) throws LoginFailedException {
        try {
            var exchange = call.run();
            if (OutboundFailures.isOutage(exchange.response().getStatusCode())) {
                lost(asked);
            } else if (isLost()) {
                back(asked);
            }
            return exchange;
        } catch (LoginFailedException failed) {
            var brokenOff = closed || Thread.currentThread().isInterrupted();
            if (failed.reason() == Reason.USER_POOL_UNREACHABLE && !brokenOff) {
                lost(asked);
            }
            throw failed;
        }
    }

    // Told under the lock, so that nobody hears of the return before the outage.
    private synchronized void lost(URI asked) {
        var origin = URI.create(Provider.origin(asked));
        if (unreachable.add(origin)) {
            listeners.tell(new SsoEvent.ProviderUnreachable(origin));
        }
    }

    private synchronized void back(URI asked) {
        var origin = URI.create(Provider.origin(asked));
        if (unreachable.remove(origin)) {
            LOG.log(Level.INFO, "provider reachable again origin={0}", origin);
            listeners.tell(new SsoEvent.ProviderReachable(origin));
        }
    }

    boolean isLost() {
        return !unreachable.isEmpty();
    }

    void close() {
        closed = true;
    }
}

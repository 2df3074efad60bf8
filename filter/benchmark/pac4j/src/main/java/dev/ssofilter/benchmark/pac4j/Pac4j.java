package dev.ssofilter.benchmark.pac4j;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import dev.ssofilter.benchmark.host.Contender;
import dev.ssofilter.benchmark.host.Site;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.pac4j.core.config.Config;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;

/** pac4j with its two filters; the nonce, which it leaves out by default, is on. */
public final class Pac4j implements Contender {
    @Override
    public void protect(ServletContextHandler application, Site site) {
        var oidc = new OidcConfiguration();
        oidc.setDiscoveryURI(site.issuer() + "/.well-known/openid-configuration");
        oidc.setClientId(Site.CLIENT_ID);
        oidc.setSecret(Site.CLIENT_SECRET);
        oidc.setScope(Site.SCOPES);
        oidc.setUseNonce(true);
        oidc.setClientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        oidc.setExpireSessionWithToken(site.keepTokens());
        var config = new Config(site.baseUrl() + "/return", new OidcClient(oidc));
        add(application, new CallbackFilter(config), "/return");
        add(application, new SecurityFilter(config, "OidcClient"), "/*");
    }

    private static void add(ServletContextHandler application, Filter filter, String path) {
        application.addFilter(new FilterHolder(filter), path, EnumSet.of(DispatcherType.REQUEST));
    }
}

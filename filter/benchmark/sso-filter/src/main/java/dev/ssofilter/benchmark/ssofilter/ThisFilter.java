package dev.ssofilter.benchmark.ssofilter;

import dev.ssofilter.SsoFilter;
import dev.ssofilter.benchmark.host.Contender;
import dev.ssofilter.benchmark.host.Site;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** The filter as its README has it registered in code, every setting else at its default. */
public final class ThisFilter implements Contender {
    @Override
    public void protect(ServletContextHandler application, Site site) {
        var sso = new FilterHolder(new SsoFilter());
        sso.setAsyncSupported(true);
        sso.setInitParameter("baseUrl", site.baseUrl());
        sso.setInitParameter("discoveryDomain", site.issuer() + "/.well-known/jwks.json");
        sso.setInitParameter("clientId", Site.CLIENT_ID);
        sso.setInitParameter("clientSecret", "${env:" + Site.CLIENT_SECRET_VARIABLE + "}");
        sso.setInitParameter("scopes", Site.SCOPES);
        sso.setInitParameter("returnPath", "/return");
        if (site.keepTokens()) {
            sso.setInitParameter("keepTokens", "true");
        }
        application.addFilter(sso, "/*", EnumSet.of(DispatcherType.REQUEST));
    }
}

package dev.ssofilter.benchmark.jettyopenid;

import dev.ssofilter.benchmark.host.Contender;
import dev.ssofilter.benchmark.host.Site;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.openid.OpenIdAuthenticator;
import org.eclipse.jetty.security.openid.OpenIdConfiguration;
import org.eclipse.jetty.security.openid.OpenIdLoginService;

/** Jetty's OpenID module, as its manual wires it in code. */
public final class JettyOpenId implements Contender {
    @Override
    public void protect(ServletContextHandler application, Site site) {
        var configuration = new OpenIdConfiguration(site.issuer(), Site.CLIENT_ID, Site.CLIENT_SECRET);
        configuration.addScopes("profile", "email");
        var everything = new ConstraintMapping();
        everything.setPathSpec("/*");
        everything.setConstraint(Constraint.ANY_USER);
        var security = new ConstraintSecurityHandler();
        security.setLoginService(new OpenIdLoginService(configuration));
        security.setAuthenticator(new OpenIdAuthenticator(configuration, "/return", null, null));
        security.addConstraintMapping(everything);
        application.setSecurityHandler(security);
        application.addBean(configuration);
    }
}

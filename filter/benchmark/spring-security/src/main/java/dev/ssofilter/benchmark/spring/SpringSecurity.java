package dev.ssofilter.benchmark.spring;

import dev.ssofilter.benchmark.host.Contender;
import dev.ssofilter.benchmark.host.Site;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthenticatedPrincipalOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Security's oauth2Login as its reference has it, without Boot and without Spring MVC. */
public final class SpringSecurity implements Contender {
    @Override
    public void protect(ServletContextHandler application, Site site) {
        var spring = new AnnotationConfigWebApplicationContext();
        spring.setServletContext(application.getServletContext());
        spring.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("site", site));
        spring.register(Beans.class);
        spring.refresh();
        var chain = new FilterHolder(spring.getBean("springSecurityFilterChain", Filter.class));
        application.addFilter(chain, "/*", EnumSet.of(DispatcherType.REQUEST));
        if (site.keepTokens()) {
            var fresh = new FilterHolder(new FreshTokens(spring.getBean(OAuth2AuthorizedClientManager.class)));
            application.addFilter(fresh, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
    }

    /** Asks for a token that can be used, as {@code @RegisteredOAuth2AuthorizedClient} does for an argument. */
    private static final class FreshTokens extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient OAuth2AuthorizedClientManager manager;

        FreshTokens(OAuth2AuthorizedClientManager manager) {
            this.manager = manager;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var user = SecurityContextHolder.getContext().getAuthentication();
            manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("op")
                    .principal(user)
                    .attribute(HttpServletRequest.class.getName(), request)
                    .attribute(HttpServletResponse.class.getName(), response)
                    .build());
            chain.doFilter(request, response);
        }
    }

    /** What an application would write. */
    @Configuration
    @EnableWebSecurity
    public static class Beans {
        @Bean
        ClientRegistrationRepository registrations(Site site) {
            return new InMemoryClientRegistrationRepository(ClientRegistrations.fromIssuerLocation(site.issuer())
                    .registrationId("op")
                    .clientId(Site.CLIENT_ID)
                    .clientSecret(Site.CLIENT_SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                    .scope(Site.SCOPES.split(" "))
                    .redirectUri(site.baseUrl() + "/return")
                    .build());
        }

        @Bean
        OAuth2AuthorizedClientRepository clients(ClientRegistrationRepository registrations) {
            return new AuthenticatedPrincipalOAuth2AuthorizedClientRepository(
                    new InMemoryOAuth2AuthorizedClientService(registrations));
        }

        @Bean
        OAuth2AuthorizedClientManager manager(
                ClientRegistrationRepository registrations, OAuth2AuthorizedClientRepository clients) {
            return new DefaultOAuth2AuthorizedClientManager(registrations, clients);
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2Login(login -> login.loginProcessingUrl("/return"))
                    .build();
        }
    }
}

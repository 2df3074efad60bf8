package dev.ssofilter.benchmark.host;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * What a hand-written login costs: the code flow in plain JDK, with state, nonce, signature, iss, aud and exp, and the
 * principal in the session. It reads JSON with a regular expression, knows one algorithm and forgives nothing.
 */
public final class Bare implements Contender {
    @Override
    public void protect(ServletContextHandler application, Site site) {
        application.addFilter(new FilterHolder(new Login(site)), "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private record User(String name) implements Principal, Serializable {
        @Override
        public String getName() {
            return name;
        }
    }

    private static final class SignedIn extends HttpServletRequestWrapper {
        private final User user;

        SignedIn(HttpServletRequest request, User user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }
    }

    private static final class Login extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient HttpClient http = HttpClient.newHttpClient();
        private final SecureRandom random = new SecureRandom();
        private final transient Site site;
        private transient String discovery;
        private transient Map<String, PublicKey> keys = new HashMap<>();

        Login(Site site) {
            this.site = site;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var session = request.getSession(false);
            if (session != null && session.getAttribute("user") instanceof User user) {
                chain.doFilter(new SignedIn(request, user), response);
                return;
            }
            try {
                if (request.getRequestURI().equals("/return")) {
                    complete(request, response);
                } else {
                    begin(request, response);
                }
            } catch (GeneralSecurityException | InterruptedException refused) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            }
        }

        private void begin(HttpServletRequest request, HttpServletResponse response)
                throws IOException, InterruptedException {
            var session = request.getSession(true);
            session.setAttribute("state", random());
            session.setAttribute("nonce", random());
            session.setAttribute("target", request.getRequestURI());
            response.sendRedirect(text(discovery(), "authorization_endpoint") + "?response_type=code&client_id="
                    + Site.CLIENT_ID + "&scope=" + encoded(Site.SCOPES) + "&redirect_uri="
                    + encoded(site.baseUrl() + "/return") + "&state=" + session.getAttribute("state") + "&nonce="
                    + session.getAttribute("nonce"));
        }

        private void complete(HttpServletRequest request, HttpServletResponse response)
                throws IOException, GeneralSecurityException, InterruptedException {
            var session = request.getSession(false);
            if (session == null || !request.getParameter("state").equals(session.getAttribute("state"))) {
                throw new GeneralSecurityException("state");
            }
            var answer = send(HttpRequest.newBuilder(URI.create(text(discovery(), "token_endpoint")))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=authorization_code&client_id=" + Site.CLIENT_ID
                            + "&client_secret=" + Site.CLIENT_SECRET + "&code="
                            + encoded(request.getParameter("code")) + "&redirect_uri="
                            + encoded(site.baseUrl() + "/return"))));
            var claims = verified(text(answer, "id_token"));
            if (!text(claims, "iss").equals(site.issuer())
                    || !text(claims, "aud").equals(Site.CLIENT_ID)
                    || !text(claims, "nonce").equals(session.getAttribute("nonce"))
                    || Long.parseLong(found(claims, "\"exp\"\\s*:\\s*([0-9]+)"))
                            < Instant.now().getEpochSecond()) {
                throw new GeneralSecurityException("claims");
            }
            var target = (String) session.getAttribute("target");
            session.invalidate();
            request.getSession(true).setAttribute("user", new User(text(claims, "sub")));
            response.sendRedirect(target);
        }

        private String verified(String token) throws IOException, GeneralSecurityException, InterruptedException {
            var parts = token.split("\\.");
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key(text(decoded(parts[0]), "kid")));
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                throw new GeneralSecurityException("signature");
            }
            return decoded(parts[1]);
        }

        private synchronized PublicKey key(String kid)
                throws IOException, GeneralSecurityException, InterruptedException {
            if (!keys.containsKey(kid)) {
                var jwks = send(HttpRequest.newBuilder(URI.create(text(discovery(), "jwks_uri"))));
                for (var key : jwks.split("\\},")) {
                    var spec = new RSAPublicKeySpec(number(text(key, "n")), number(text(key, "e")));
                    keys.put(text(key, "kid"), KeyFactory.getInstance("RSA").generatePublic(spec));
                }
            }
            return keys.get(kid);
        }

        private synchronized String discovery() throws IOException, InterruptedException {
            if (discovery == null) {
                discovery =
                        send(HttpRequest.newBuilder(URI.create(site.issuer() + "/.well-known/openid-configuration")));
            }
            return discovery;
        }

        private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        }

        private String random() {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        private static BigInteger number(String base64) {
            return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
        }

        private static String decoded(String base64) {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        private static String text(String json, String name) {
            return found(json, "\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
        }

        private static String found(String json, String pattern) {
            var matcher = Pattern.compile(pattern).matcher(json);
            if (!matcher.find()) {
                throw new IllegalArgumentException("no " + pattern);
            }
            return matcher.group(1);
        }
    }
}

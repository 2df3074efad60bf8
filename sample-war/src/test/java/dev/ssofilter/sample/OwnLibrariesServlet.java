package dev.ssofilter.sample;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Works with libraries that the filter has, too, and says which ones it has got and what they did. */
public final class OwnLibrariesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var user = (SsoPrincipal) request.getUserPrincipal();
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        out.println("signed in: " + user.getFirstName());
        out.println("signed: " + signed() + " by " + jarOf(SignedJWT.class));
        out.println("parsed: " + parsed() + " by " + jarOf(AccessTokenResponse.class));
        out.println("cached: " + cached() + " by " + jarOf(Caffeine.class));
        out.println("written: " + written());
    }

    private static String signed() throws ServletException {
        try {
            var claims = new JWTClaimsSet.Builder().subject("own").build();
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(new byte[32]));
            return SignedJWT.parse(jwt.serialize()).getJWTClaimsSet().getSubject();
        } catch (JOSEException | java.text.ParseException e) {
            throw new ServletException(e);
        }
    }

    private static String parsed() throws ServletException {
        try {
            return AccessTokenResponse.parse(JSONObjectUtils.parse("""
                            {"access_token": "own", "token_type": "Bearer"}"""))
                    .getTokens()
                    .getAccessToken()
                    .getValue();
        } catch (ParseException e) {
            throw new ServletException(e);
        }
    }

    private static String cached() {
        var cache = Caffeine.newBuilder()
                .weakKeys()
                .expireAfterAccess(Duration.ofMinutes(1))
                .<Class<?>, String>build();
        return cache.get(OwnLibrariesServlet.class, key -> "own");
    }

    private static String written() {
        var jsonb = JsonbBuilder.create();
        return jsonb.toJson(Map.of("library", "own")) + " by " + jarOf(jsonb.getClass());
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getFileName();
    }
}

package dev.ssofilter.sample;

import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** What the club knows of a member, field by field, and where it came from. The filter lets nobody else in. */
public final class MembersServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private List<MappedClaims.MappedClaim> claims = List.of();

    @Override
    public void init() throws ServletException {
        try {
            claims = MappedClaims.of(getServletContext()).claims();
        } catch (IOException unreadable) {
            throw new ServletException("/WEB-INF/sso-directory.json cannot be read", unreadable);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var member = (SsoPrincipal) request.getUserPrincipal();
        var rows = claims.stream().map(claim -> row(claim, member)).toList();
        Page.write(request, response, "Your membership", Html.of("""
                        <h1>Your membership</h1>
                        <table>
                        <caption>What the directory told us when you signed in</caption>
                        <thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Claim @ location</th></tr></thead>
                        <tbody>
                        {}
                        </tbody>
                        </table>
                        <p class="quiet">Directory: {}</p>""", Html.joined(rows), member.getDirectory()));
    }

    private static Html row(MappedClaims.MappedClaim claim, SsoPrincipal member) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"quiet\">{} @ {}</td></tr>",
                claim.field(),
                claim.valueIn(member),
                claim.claim(),
                claim.location());
    }
}

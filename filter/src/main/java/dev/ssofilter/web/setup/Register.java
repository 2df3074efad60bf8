package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.web.Html;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is to be entered at the provider: the two addresses, and a command that does it for Cognito. */
final class Register {
    /** A pool's id behind its issuer, whichever of the accepted forms was pasted. */
    private static final Pattern POOL =
            Pattern.compile("/(([a-z]{2,3}(?:-[a-z]+)+-[0-9]+)_[A-Za-z0-9]+)(?:/(?:\\.well-known/.*)?)?$");

    private Register() {}

    static Html of(Draft draft, Settings settings, BaseUrl base, Fields fields) {
        var returnUrl = base.value() + settings.returnPath();
        var after = settings.postLogoutTarget();
        var signOutUrl = after.startsWith("/") ? base.value() + after : after;
        return Html.of(
                """
                <section aria-labelledby="register"><h2 id="register">To be registered at the provider</h2>
                <p class="hint">Cognito: Applications, App clients, your app client, Login pages, Edit. Letter for letter.</p>
                {}{}{}{}{}<p id="copied" role="status" class="hint"></p></section>""",
                address("returnUrl", "Return URL", "Cognito: Allowed callback URLs.", returnUrl),
                fields.about("returnPath"),
                address("signOutUrl", "Sign-out URL", "Cognito: Allowed sign-out URLs.", signOutUrl),
                fields.about("postLogoutTarget"),
                command(draft, returnUrl, signOutUrl));
    }

    private static Html address(String id, String label, String hint, String url) {
        return Html.of("""
                <div class="field"><label for="{}">{}</label><p class="hint" id="{}-hint">{}</p>
                <div class="with-button"><input id="{}" value="{}" readonly aria-describedby="{}-hint">{}</div></div>""", id, label, id, hint, id, url, id, copy(id, label));
    }

    private static Html copy(String id, String label) {
        return Html.of(
                "<button type=\"button\" class=\"plain\" id=\"copy-{}\" data-copy=\"{}\" data-name=\"{}\""
                        + " aria-label=\"Copy {}\" hidden>Copy</button>",
                id,
                id,
                label,
                label);
    }

    private static Html command(Draft draft, String returnUrl, String signOutUrl) {
        var pool = Optional.of(POOL.matcher(draft.text("discoveryDomain"))).filter(found -> found.find());
        if (pool.isEmpty() || draft.text("clientId").isEmpty()) {
            return Html.NOTHING;
        }
        var client = " --region " + quoted(pool.get().group(2)) + " --user-pool-id "
                + quoted(pool.get().group(1)) + " --client-id " + quoted(draft.text("clientId"));
        var scopes = Arrays.stream(draft.text("scopes").split("\\s+"))
                .map(Register::quoted)
                .collect(Collectors.joining(" "));
        var commands = "aws cognito-idp describe-user-pool-client" + client + "\n\n"
                + "aws cognito-idp update-user-pool-client" + client
                + " \\\n  --callback-urls " + quoted(returnUrl)
                + " \\\n  --logout-urls " + quoted(signOutUrl)
                + " \\\n  --allowed-o-auth-flows-user-pool-client --allowed-o-auth-flows code"
                + " \\\n  --allowed-o-auth-scopes " + scopes
                + " \\\n  --supported-identity-providers COGNITO";
        return Html.of("""
                <details><summary>The same with the AWS CLI</summary>
                <div class="field"><label for="aws">Two commands</label><p class="hint" id="aws-hint">Run the first and look: the second
                resets everything that it does not name, such as other callback URLs, other identity providers, token lifetimes
                and attribute permissions. Add to it what your app client has.</p>
                <div class="with-button"><textarea id="aws" rows="9" readonly aria-describedby="aws-hint" spellcheck="false">{}</textarea>
                {}</div></div></details>""", commands, copy("aws", "commands"));
    }

    /** As a shell reads it: nothing in it means anything. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

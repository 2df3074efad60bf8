package dev.ssofilter.testkit;

import java.util.Map;
import java.util.stream.Collectors;

/** The pages that the pool shows to a person: plain, and readable without styles or scripts. */
final class Pages {
    private Pages() {}

    static Reply login(String rawQuery, String csrf, String name, String message) {
        String alert = message.isEmpty() ? "" : "<p role=\"alert\">" + escape(message) + "</p>\n";
        String form = """
                %s<form name="cognitoSignInForm" method="post" action="/login?%s">
                <input type="hidden" name="_csrf" value="%s">
                <p><label for="username">Email address</label><br>
                <input id="username" name="username" value="%s" autocomplete="username" autofocus required></p>
                <p><label for="password">Password</label><br>
                <input id="password" name="password" type="password" autocomplete="current-password" required></p>
                <p><button type="submit">Sign in</button></p>
                </form>
                """.formatted(alert, escape(rawQuery), escape(csrf), escape(name));
        return page(200, "Sign in to the pretend user pool", form);
    }

    /** Not Cognito's: OAuth 2.0 Form Post Response Mode. */
    static Reply formPost(String redirectUri, Map<String, String> params) {
        String form = """
                <form method="post" action="%s">
                %s<p><button type="submit">Continue</button></p>
                </form>
                <script>document.forms[0].submit()</script>
                """.formatted(escape(redirectUri), hidden(params));
        return page(200, "Back to the application", form);
    }

    /** Not Cognito's: OIDC RP-Initiated Logout §2 has the user asked. */
    static Reply askToSignOut(Map<String, String> params) {
        String form = """
                <form method="post" action="%s">
                %s<p><button type="submit">Sign out</button></p>
                </form>
                """.formatted(EndSession.PATH, hidden(params));
        return page(200, "Do you want to sign out?", form);
    }

    static Reply signedOut() {
        return page(200, "You are signed out", "<p>You may close this page.</p>\n");
    }

    static Reply error(String text) {
        return page(400, "Something is wrong", "<p>" + escape(text) + "</p>\n");
    }

    static Reply forbidden(String text) {
        return page(403, "Something is wrong", "<p>" + escape(text) + "</p>\n");
    }

    private static String hidden(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
                        .formatted(escape(param.getKey()), escape(param.getValue())))
                .collect(Collectors.joining());
    }

    private static Reply page(int status, String title, String content) {
        String html = """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title></head>
                <body><main>
                <h1>%s</h1>
                %s</main></body>
                </html>
                """.formatted(escape(title), escape(title), content);
        return Reply.of(status, Reply.HTML, html)
                .with("X-Frame-Options", "DENY")
                .with("X-Content-Type-Options", "nosniff")
                .notStored();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

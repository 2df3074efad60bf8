package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Parameters;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.web.Html;
import dev.ssofilter.web.OwnAnswer;
import dev.ssofilter.web.PageFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Where an administrator works who was let in: a GET shows the page, a POST takes one step and leads back to it. */
final class Desk {
    /** A field of a megabyte is to be refused beside the field, whatever its characters become on the way. */
    private static final int MOST_BYTES_POSTED = 4 * 1024 * 1024;

    private static final String SCRIPT = PageFile.text(Desk.class, "setup.js");
    private static final String REMOVE = "remove-claim-";

    private final SetupHost host;
    private final Guard guard;
    private final RecordStore store;
    private final Trial trial;
    private final Steps steps;
    private final TestSignIns tests;

    Desk(SetupHost host, Guard guard, TestSignIns tests) {
        this.host = host;
        this.guard = guard;
        this.tests = tests;
        store = new RecordStore(host.sources());
        trial = new Trial(host.sources());
        steps = new Steps(host, store, trial);
    }

    void serve(HttpServletRequest request, HttpServletResponse response, BaseUrl base, Guard.Admitted admitted)
            throws IOException {
        var inside = Optional.ofNullable(request.getPathInfo()).orElse("/");
        if (!inside.equals("/")) {
            message(response, HttpServletResponse.SC_NOT_FOUND, "There is nothing at this address.");
            return;
        }
        switch (request.getMethod()) {
            case "GET", "HEAD" -> show(request, response, base, admitted.session());
            case "POST" -> step(request, response, base, admitted);
            default -> {
                response.setHeader("Allow", "GET, HEAD, POST");
                message(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "This page takes GET and POST.");
            }
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, BaseUrl base, SetupSession session)
            throws IOException {
        if ("script".equals(request.getQueryString())) {
            script(response);
            return;
        }
        var screen = new Screen(host, store, base, session);
        SetupPage.write(response, HttpServletResponse.SC_OK, "Directory record", screen.html());
    }

    private static void script(HttpServletResponse response) throws IOException {
        OwnAnswer.headers(response);
        response.setContentType("text/javascript;charset=UTF-8");
        response.getOutputStream().write(SCRIPT.getBytes(StandardCharsets.UTF_8));
    }

    /** One step of one administrator, and the way back to the page. */
    private record Turn(HttpServletResponse response, BaseUrl base, Guard.Admitted admitted, URI page) {}

    private void step(HttpServletRequest request, HttpServletResponse response, BaseUrl base, Guard.Admitted admitted)
            throws IOException {
        var body = request.getInputStream().readNBytes(MOST_BYTES_POSTED + 1);
        if (body.length > MOST_BYTES_POSTED) {
            message(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "That was too much. Nothing was changed.");
            return;
        }
        var sent = Parameters.parse(new String(body, StandardCharsets.UTF_8));
        var ours = Guard.isOurs(request, base)
                && sent.single("csrf").filter(admitted.session()::sent).isPresent();
        if (!ours) {
            message(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "The form did not come from the page that you have open. Nothing was changed. Open the page again.");
            return;
        }
        var whole = sent.complete()
                && Members.TEXTS.stream().allMatch(name -> sent.single(name).isPresent());
        if (!whole) {
            // A field that is not there would count as empty, and be saved as that.
            message(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "The form did not arrive whole. Nothing was changed.");
            return;
        }
        take(sent, new Turn(response, base, admitted, URI.create(base.value() + host.path())));
    }

    private void take(Parameters sent, Turn turn) throws IOException {
        var button = sent.single("do").orElse("show");
        if (button.equals("discard")) {
            back(turn, Work.NONE);
            return;
        }
        var problems = new Report.Problems();
        var inFile = store.read().members();
        var draft = new DraftReader(sent, inFile, problems)
                .read(turn.admitted().session().work().draft());
        if (problems.isEmpty()) {
            press(button, draft, sent.single(Discover.REPLACE).isPresent(), inFile, turn);
        } else {
            back(turn, new Work(Optional.of(draft), Report.refused("Some fields need another look.", problems.all())));
        }
    }

    private void press(String button, Draft draft, boolean replaceHandEdits, Map<String, Object> inFile, Turn turn)
            throws IOException {
        switch (button) {
            case "test" -> test(draft, inFile, turn);
            case "download" -> download(draft, inFile, turn);
            case "discover" -> back(turn, steps.discover(draft, inFile, replaceHandEdits, turn.base()));
            case "check" -> back(turn, steps.check(draft, inFile, turn.base()));
            case "save" -> back(turn, steps.save(draft, turn.base()));
            case "add-claim" -> back(turn, Steps.addClaim(draft));
            default -> {
                var work = button.matches(REMOVE + "[0-9]{1,3}")
                        ? Steps.removeClaim(draft, Integer.parseInt(button.substring(REMOVE.length())))
                        : steps.show(draft, inFile, turn.base());
                back(turn, work);
            }
        }
    }

    private void test(Draft draft, Map<String, Object> inFile, Turn turn) {
        var members = Members.of(draft, inFile);
        try {
            var settings = trial.settings(members, turn.base());
            var hidden = Hidden.of(members, settings, host.sources());
            guard.keep(turn.admitted(), new Work(Optional.of(draft), Report.NOTHING));
            begin(settings, hidden, draft, turn);
        } catch (Trial.RefusedException refused) {
            back(turn, Steps.refused(draft, refused));
        }
    }

    private void begin(Settings settings, Hidden hidden, Draft draft, Turn turn) {
        try {
            var provider = tests.begin(settings, hidden, turn.base(), turn.response());
            OwnAnswer.redirect(turn.response(), HttpServletResponse.SC_SEE_OTHER, provider.toString());
        } catch (LoginFailedException failure) {
            var why = failure.reason() + ": " + hidden.in(String.valueOf(failure.getMessage()));
            back(turn, new Work(Optional.of(draft), Report.problem("The test did not begin.", Report.GENERAL, why)));
        }
    }

    private void download(Draft draft, Map<String, Object> inFile, Turn turn) throws IOException {
        var members = Members.of(draft, inFile);
        try {
            trial.settings(members, turn.base());
        } catch (Trial.RefusedException refused) {
            back(turn, Steps.refused(draft, refused));
            return;
        }
        guard.keep(turn.admitted(), new Work(Optional.of(draft), Report.NOTHING));
        var response = turn.response();
        OwnAnswer.headers(response);
        response.setContentType("application/json");
        response.setHeader("Content-Disposition", "attachment; filename=\"sso-directory.json\"");
        response.getOutputStream()
                .write(Json.write(Members.withoutSecret(members)).getBytes(StandardCharsets.UTF_8));
    }

    /** To the page by a redirect, so that reloading it repeats nothing. */
    private void back(Turn turn, Work work) {
        guard.keep(turn.admitted(), work);
        OwnAnswer.redirect(
                turn.response(), HttpServletResponse.SC_SEE_OTHER, turn.page().toString());
    }

    private static void message(HttpServletResponse response, int status, String text) throws IOException {
        SetupPage.write(response, status, "Directory record", Html.of("<p>{}</p>", text));
    }
}

package dev.ssofilter.chromium;

import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Rewrites the session cookie where no application sees it, as a container's cookie processor or a proxy does. */
final class CookieRewriter extends Handler.Wrapper {
    private final UnaryOperator<String> how;

    CookieRewriter(UnaryOperator<String> how, Handler application) {
        super(application);
        this.how = how;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Rewritten(request, response), callback);
    }

    private HttpField rewritten(HttpField field) {
        return field.getHeader() == HttpHeader.SET_COOKIE && field.getValue().startsWith("JSESSIONID=")
                ? new HttpField(HttpHeader.SET_COOKIE, how.apply(field.getValue()))
                : field;
    }

    private final class Rewritten extends Response.Wrapper {
        private final HttpFields.Mutable headers;

        Rewritten(Request request, Response response) {
            super(request, response);
            headers = new HttpFields.Mutable.Wrapper(response.getHeaders()) {
                @Override
                public HttpField onAddField(HttpField field) {
                    return rewritten(field);
                }

                @Override
                public HttpField onReplaceField(HttpField old, HttpField field) {
                    return rewritten(field);
                }
            };
        }

        @Override
        public HttpFields.Mutable getHeaders() {
            return headers;
        }
    }
}

package dev.ssofilter;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container that fails at one call: every call that the filter makes on a request, its session or its response passes
 * through here, and the one whose turn it is ends in a fault.
 */
final class Fault {
    /** What happens at the call whose turn it is. */
    enum Kind {
        RUNTIME_EXCEPTION {
            @Override
            void happen() {
                throw new UnsupportedOperationException("a fault of the container");
            }
        },
        STACK_OVERFLOW {
            @Override
            void happen() {
                throw new StackOverflowError();
            }
        },
        INTERRUPTED {
            @Override
            void happen() {
                Thread.currentThread().interrupt();
            }
        };

        abstract void happen();
    }

    private static final List<Class<?>> WATCHED =
            List.of(HttpServletRequest.class, HttpServletResponse.class, HttpSession.class);

    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> faulted = new CopyOnWriteArrayList<>();
    private volatile Kind kind = Kind.RUNTIME_EXCEPTION;
    private volatile int turn;

    /** From now on the call with this number, counted from one, fails. */
    void at(int number, Kind what) {
        calls.set(0);
        faulted.clear();
        kind = what;
        turn = number;
    }

    /** No more faults; answers at which call it was, empty where there were not so many. */
    List<String> stop() {
        turn = 0;
        return List.copyOf(faulted);
    }

    /** To be put before the filter. */
    Filter container() {
        return (request, response, chain) -> {
            if (turn == 0) {
                chain.doFilter(request, response);
                return;
            }
            failing(chain, (HttpServletRequest) request, (HttpServletResponse) response);
        };
    }

    private void failing(FilterChain chain, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            chain.doFilter(new WatchedRequest(request), new WatchedResponse(response));
        } finally {
            Thread.interrupted(); // the container's thread serves others after this
        }
    }

    private Object watched(Class<?> type, Object real) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (calledByTheFilter() && calls.incrementAndGet() == turn) {
                faulted.add(method.getName());
                kind.happen();
            }
            try {
                var result = method.invoke(real, args);
                var returned = method.getReturnType();
                return result != null && WATCHED.contains(returned) ? watched(returned, result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** The container itself and the application call, too, and what fails there is not ours. */
    private static boolean calledByTheFilter() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                        .filter(name -> !name.startsWith("jakarta.servlet.") && !name.startsWith(Fault.class.getName()))
                        .findFirst())
                .filter(name -> name.startsWith("dev.ssofilter.web.") || name.startsWith("dev.ssofilter.S"))
                .isPresent();
    }

    /** What calls it goes through the watch; who unwraps it, as containers do, finds the real one. */
    private final class WatchedRequest extends HttpServletRequestWrapper {
        private final HttpServletRequest real;

        WatchedRequest(HttpServletRequest real) {
            super((HttpServletRequest) watched(HttpServletRequest.class, real));
            this.real = real;
        }

        @Override
        public ServletRequest getRequest() {
            return real;
        }
    }

    private final class WatchedResponse extends HttpServletResponseWrapper {
        private final HttpServletResponse real;

        WatchedResponse(HttpServletResponse real) {
            super((HttpServletResponse) watched(HttpServletResponse.class, real));
            this.real = real;
        }

        @Override
        public ServletResponse getResponse() {
            return real;
        }
    }
}

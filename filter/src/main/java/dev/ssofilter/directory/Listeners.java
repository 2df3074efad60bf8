package dev.ssofilter.directory;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.user.SsoListener;
import dev.ssofilter.user.SsoPrincipal;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The application's listeners, in their order: asked before a login succeeds, told of everything else. */
public final class Listeners {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<SsoListener> all;
    private final ClassLoader application;

    private Listeners(List<SsoListener> all, ClassLoader application) {
        this.all = List.copyOf(all);
        this.application = application;
    }

    /** Nobody listens. */
    public static Listeners none() {
        return new Listeners(List.of(), Listeners.class.getClassLoader());
    }

    /**
     * Makes one of each class: those named, then those that the class loader's service files name.
     *
     * @throws SettingsException that lists every class of which none can be made
     */
    public static Listeners load(List<String> classNames, ClassLoader loader) throws SettingsException {
        Map<Class<?>, SsoListener> made = new LinkedHashMap<>();
        var problems = new ArrayList<String>();
        for (String name : classNames) {
            try {
                var type = Class.forName(name, true, loader).asSubclass(SsoListener.class);
                made.put(type, type.getConstructor().newInstance());
            } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
                problems.add(Setting.LISTENERS.name() + ": got " + Shown.quoted(name) + ", of which no listener can be"
                        + " made (" + e.getClass().getSimpleName()
                        + "); expected a public class in the application that"
                        + " implements dev.ssofilter.user.SsoListener and has a public constructor without parameters");
            }
        }
        try {
            ServiceLoader.load(SsoListener.class, loader).stream()
                    .forEach(service -> made.computeIfAbsent(service.type(), type -> service.get()));
        } catch (ServiceConfigurationError e) {
            problems.add("META-INF/services/dev.ssofilter.user.SsoListener: " + e.getMessage() + "; expected names of"
                    + " public classes that implement it and have a public constructor without parameters");
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Listeners(List.copyOf(made.values()), loader);
    }

    /**
     * The user with what listeners add.
     *
     * @throws LoginFailedException LOGIN_REFUSED with the listener's words; INTERNAL_ERROR where one throws
     */
    public SsoPrincipal admitted(SsoPrincipal user) throws LoginFailedException {
        var admitted = user;
        for (SsoListener listener : all) {
            admitted = admitted(listener, admitted);
        }
        return admitted;
    }

    private static SsoPrincipal admitted(SsoListener listener, SsoPrincipal user) throws LoginFailedException {
        try {
            var decision = listener.beforeLogin(user);
            if (decision.refusal().isPresent()) {
                throw LoginFailedException.refusedByApplication(
                        listener.getClass().getName() + " refused the login",
                        decision.refusal().get());
            }
            var more = user.toBuilder().roles(decision.roles());
            decision.attributes().forEach(more::attribute);
            return more.build();
        } catch (RuntimeException | LinkageError thrown) {
            throw new LoginFailedException(
                    Reason.INTERNAL_ERROR,
                    listener.getClass().getName() + ".beforeLogin threw, so nobody is signed in",
                    thrown);
        }
    }

    /** Tells everybody; a listener that throws keeps nobody else from hearing it. */
    public void tell(SsoEvent event) {
        // Some events come to pass on threads of ours, which know nothing of the application.
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            all.forEach(listener -> tell(listener, event));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void tell(SsoListener listener, SsoEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | LinkageError thrown) {
            LOG.log(
                    Level.WARNING,
                    "listener " + listener.getClass().getName() + " threw on "
                            + event.getClass().getSimpleName(),
                    thrown);
        }
    }
}

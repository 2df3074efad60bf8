package dev.ssofilter.interop;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands one {@link OidcProviders} to all test classes: started for the first that asks, closed by JUnit after the last. */
final class OidcProviderExtension implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(OidcProviderExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OidcProviders.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(OURS).getOrComputeIfAbsent(OidcProviders.class, any -> OidcProviders.start());
    }
}

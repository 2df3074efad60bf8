package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.Seal;
import dev.ssofilter.oidc.Sealer;
import java.util.Optional;

/** The cookies of one use: how they are called at an address, and what seals their values there and nowhere else. */
final class SealedCookies {
    private final Cookies cookies;
    private final Sealer sealer;
    private final String use;
    private final String bound;
    private volatile Optional<At> last = Optional.empty(); // an application has one address, nearly always

    /** @param bound what else their values are bound to, besides use, client and address */
    SealedCookies(Cookies cookies, Sealer sealer, String use, String bound) {
        this.cookies = cookies;
        this.sealer = sealer;
        this.use = use;
        this.bound = bound;
    }

    /**
     * @param name what it is called where there is one alone
     * @param prefix what their names begin with where there are several
     */
    record At(String baseUrl, String name, String prefix, Seal seal) {}

    At at(BaseUrl base) {
        var known = last;
        if (known.isPresent() && known.get().baseUrl().equals(base.value())) {
            return known.get();
        }
        var name = cookies.name(use, base);
        var seal = sealer.forPurpose(String.join("\n", use, name, base.value(), bound));
        var at = new At(base.value(), name, name + "-", seal);
        last = Optional.of(at);
        return at;
    }
}

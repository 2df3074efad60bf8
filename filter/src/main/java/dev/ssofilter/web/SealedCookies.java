package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.Seal;
import dev.ssofilter.oidc.Sealer;

/** The cookies of one use: how they are called at an address, and what seals their values there and nowhere else. */
final class SealedCookies {
    private final Cookies cookies;
    private final Sealer sealer;
    private final String use;
    private final String bound;
    private final AtAddress<At> at = new AtAddress<>(this::make);

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
    record At(String name, String prefix, Seal seal) {}

    At at(BaseUrl base) {
        return at.of(base);
    }

    private At make(BaseUrl base) {
        var name = cookies.name(use, base);
        return new At(name, name + "-", sealer.forPurpose(String.join("\n", use, name, base.value(), bound)));
    }
}

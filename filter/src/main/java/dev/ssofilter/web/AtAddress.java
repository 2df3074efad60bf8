package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import java.util.Optional;
import java.util.function.Function;

/** What is made of the application's address, kept for the last one: it has one address, nearly always. */
final class AtAddress<T> {
    private final Function<BaseUrl, T> maker;
    private volatile Optional<Made<T>> last = Optional.empty();

    AtAddress(Function<BaseUrl, T> maker) {
        this.maker = maker;
    }

    private record Made<T>(String address, T value) {}

    T of(BaseUrl base) {
        var known = last;
        if (known.isPresent() && known.get().address().equals(base.value())) {
            return known.get().value();
        }
        var made = new Made<>(base.value(), maker.apply(base));
        last = Optional.of(made);
        return made.value();
    }
}

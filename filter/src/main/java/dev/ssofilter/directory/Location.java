package dev.ssofilter.directory;

import java.util.Arrays;
import java.util.Optional;

/** Where a claim stands: the guide's three locations, under the guide's names. */
public enum Location {
    ID_TOKEN("ID Token"),
    ACCESS_TOKEN("Access Token"),
    USERINFO("Userinfo");

    private final String label;

    Location(String label) {
        this.label = label;
    }

    /** The guide's name of it, as it stands in a directory record. */
    public String label() {
        return label;
    }

    /** The location of that name, to the letter; empty where there is none. */
    static Optional<Location> named(String label) {
        return Arrays.stream(values())
                .filter(location -> location.label.equals(label))
                .findFirst();
    }
}

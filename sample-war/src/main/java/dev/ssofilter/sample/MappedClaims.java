package dev.ssofilter.sample;

import dev.ssofilter.user.SsoPrincipal;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code claims} of the directory record, read for show. An application need not know them: it asks the principal. Public
 * because JSON-B reads public records alone.
 */
public record MappedClaims(List<MappedClaim> claims) {
    /** One line of the record: this field is filled from that claim at that location. */
    public record MappedClaim(String field, String claim, String location) {
        String valueIn(SsoPrincipal member) {
            return switch (field) {
                case "External ID" -> member.getExternalId();
                case "Username" -> orNone(member.getUsername());
                case "Email" -> orNone(member.getEmail());
                case "First Name" -> orNone(member.getFirstName());
                case "Last Name" -> orNone(member.getLastName());
                case "Roles" -> orNone(String.join(", ", member.getRoles()));
                default -> orNone(String.join(", ", member.getAttributes().getOrDefault(field, List.of())));
            };
        }
    }

    static MappedClaims of(ServletContext application) throws IOException {
        try (InputStream in = application.getResourceAsStream("/WEB-INF/sso-directory.json")) {
            return JsonbBuilder.create().fromJson(in, MappedClaims.class);
        }
    }

    private static String orNone(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty()).orElse("–");
    }
}

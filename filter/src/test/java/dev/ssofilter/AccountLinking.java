package dev.ssofilter;

import dev.ssofilter.user.LoginDecision;
import dev.ssofilter.user.SsoListener;
import dev.ssofilter.user.SsoPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The README's recipe: a membership system that knew its people before they could sign in. */
public final class AccountLinking implements SsoListener {
    static final Members MEMBERS = new Members();

    private final Members members = MEMBERS;

    @Override
    public LoginDecision beforeLogin(SsoPrincipal user) {
        var member = members.byExternalId(user.getDirectory(), user.getExternalId());
        if (member.isEmpty() && user.isEmailVerified()) {
            member = members.withoutExternalIdByEmail(user.getEmail());
            member.ifPresent(found -> members.link(found, user.getDirectory(), user.getExternalId()));
        }
        return member.map(found -> LoginDecision.accept().withAttribute("Member No", found.number()))
                .orElseGet(() -> LoginDecision.refuse("We know no member with this e-mail address."));
    }

    /** One line of the table. */
    static final class Member {
        private final String number;
        private final String email;
        private String linked = "";

        Member(String number, String email) {
            this.number = number;
            this.email = email;
        }

        String number() {
            return number;
        }

        String linked() {
            return linked;
        }
    }

    /** The table. */
    static final class Members {
        private final List<Member> all = new ArrayList<>();

        synchronized Member add(String number, String email) {
            var member = new Member(number, email);
            all.add(member);
            return member;
        }

        synchronized void clear() {
            all.clear();
        }

        synchronized Optional<Member> byExternalId(String directory, String externalId) {
            return all.stream()
                    .filter(member -> member.linked.equals(directory + " " + externalId))
                    .findFirst();
        }

        synchronized Optional<Member> withoutExternalIdByEmail(String email) {
            return all.stream()
                    .filter(member -> member.linked.isEmpty() && member.email.equals(email))
                    .findFirst();
        }

        synchronized void link(Member member, String directory, String externalId) {
            member.linked = Objects.requireNonNull(directory + " " + externalId);
        }
    }
}

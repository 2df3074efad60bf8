package dev.ssofilter.testkit;

/** Which endpoint answers which path; paths are compared as they stand, case included. */
final class Endpoints {
    private final PoolState pool;
    private final Discovery discovery;
    private final AuthorizeEndpoint authorize;
    private final LoginPage login;
    private final TokenEndpoint token;
    private final UserInfoEndpoint userInfo;
    private final RevokeEndpoint revoke;
    private final LogoutEndpoint logout;
    private final EndSession endSession;

    Endpoints(PoolState pool) {
        this.pool = pool;
        this.discovery = new Discovery(pool);
        this.authorize = new AuthorizeEndpoint(pool);
        this.login = new LoginPage(pool);
        this.token = new TokenEndpoint(pool);
        this.userInfo = new UserInfoEndpoint(pool);
        this.revoke = new RevokeEndpoint(pool);
        this.logout = new LogoutEndpoint(pool);
        this.endSession = new EndSession(pool);
    }

    Reply answer(PretendRequest asked) {
        if (asked.path().startsWith("/" + pool.knobs().issuerName() + "/")) {
            return discovery.answer(asked);
        }
        return pool.knobs().hasDomain() ? ofDomain(asked) : otherwise(asked);
    }

    private Reply ofDomain(PretendRequest asked) {
        return switch (asked.path()) {
            case "/oauth2/authorize" -> authorize.answer(asked);
            case "/login" -> login.answer(asked);
            case "/oauth2/token" -> token.answer(asked);
            case "/oauth2/userInfo" -> userInfo.answer(asked);
            case "/oauth2/revoke" -> pool.knobs().hasRevocation() ? revoke.answer(asked) : otherwise(asked);
            case "/logout" -> pool.knobs().isStandardLogout() ? otherwise(asked) : logout.answer(asked);
            case EndSession.PATH -> pool.knobs().isStandardLogout() ? endSession.answer(asked) : otherwise(asked);
            case "/error" -> Pages.error(AuthorizationRequest.MISMATCH_TEXT);
            // Cognito: the path is /oauth2/userInfo; in lower case it has been seen to answer 405.
            case "/oauth2/userinfo" -> Reply.methodNotAllowed("");
            default -> otherwise(asked);
        };
    }

    private static Reply otherwise(PretendRequest asked) {
        if (asked.path().endsWith("/.well-known/jwks.json")
                || asked.path().endsWith("/.well-known/openid-configuration")) {
            return Discovery.unknownPool();
        }
        if (asked.path().equals("/.well-known/oauth-authorization-server")) {
            return Discovery.badRequest();
        }
        return Reply.of(404, Reply.HTML, "<!DOCTYPE html><title>Not Found</title><h1>Not Found</h1>\n");
    }
}

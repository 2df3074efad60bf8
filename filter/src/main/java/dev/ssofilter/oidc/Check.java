package dev.ssofilter.oidc;

/**
 * What the {@link Doctor} looks at, each by itself. The constants' names are stable: other programs read them in the
 * command's JSON.
 */
public enum Check {
    RECORD("Directory record", ""),
    BASE_URL("Base URL", "baseUrl"),
    DNS("Host name", ""),
    CONNECTION("Connection", ""),
    CERTIFICATE("Certificate", ""),
    DISCOVERY("Discovery Domain", "discoveryDomain"),
    ISSUER("Issuer", "issuer"),
    DOMAIN("User pool domain", "discoveryDomain"),
    ENDPOINTS("Endpoints", "discoveryDomain"),
    KEYS("Token signing keys", "jwksUrl"),
    TOKEN_URL("Token URL", "tokenUrl"),
    CLIENT_ID("Client ID", "clientId"),
    CLIENT_SECRET("Client Secret", "clientSecret"),
    AUTHORIZATION_URL("Authorization URL", "authorizationUrl"),
    RETURN_URL("Return URL", "returnPath"),
    CODE_GRANT("Authorization code grant", "clientId"),
    SCOPES("Scopes", "scopes"),
    PKCE("PKCE", "enablePkce"),
    FORM_POST("Response Mode Form Post", "enableResponseModeFormPost"),
    LOGIN_PAGE("Login page", "authorizationUrl"),
    USERINFO_URL("Userinfo URL", "userinfoUrl"),
    LOGOUT_STYLE("Logout", "logoutUrl"),
    SIGN_OUT_URL("Sign-out URL", "postLogoutTarget"),
    CLOCK("Clock", "clockSkew");

    private final String title;
    private final String setting;

    Check(String title, String setting) {
        this.title = title;
        this.setting = setting;
    }

    /** For people, in the words of the guide and the Cognito console. */
    public String title() {
        return title;
    }

    /** The member of the record or the setting that this is mostly about; empty where that differs. */
    String setting() {
        return setting;
    }
}

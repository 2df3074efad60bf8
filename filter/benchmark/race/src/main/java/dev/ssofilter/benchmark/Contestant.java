package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.host.Bare;
import dev.ssofilter.benchmark.host.Floor;
import java.nio.file.Path;

/** Who takes part, and where its class path lies. */
enum Contestant {
    FLOOR("floor", "host", Floor.class.getName()),
    BARE("bare", "host", Bare.class.getName()),
    THIS_FILTER("this filter", "sso-filter", "dev.ssofilter.benchmark.ssofilter.ThisFilter"),
    JETTY("Jetty OpenID", "jetty-openid", "dev.ssofilter.benchmark.jettyopenid.JettyOpenId"),
    PAC4J("pac4j", "pac4j", "dev.ssofilter.benchmark.pac4j.Pac4j"),
    SPRING("Spring Security", "spring-security", "dev.ssofilter.benchmark.spring.SpringSecurity");

    final String title;
    final String module;
    final String contender;

    Contestant(String title, String module, String contender) {
        this.title = title;
        this.module = module;
        this.contender = contender;
    }

    /** What an application would have in WEB-INF/lib of it. */
    Path lib(Path benchmark) {
        return benchmark.resolve(module).resolve("target").resolve("lib");
    }
}

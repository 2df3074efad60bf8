package dev.ssofilter.chromium;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests in a real browser. They run where it is installed; where it is not, the build says so. Their constructors are given
 * a {@link Chromium}, which begins each test without cookies and without history.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("chromium")
@ExtendWith(ChromiumExtension.class)
public @interface InChromium {}

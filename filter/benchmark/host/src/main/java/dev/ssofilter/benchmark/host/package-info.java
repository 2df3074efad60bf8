/** The process that a contender runs in: Jetty, the servlet, the counters; and the two contenders that need no library. */
package dev.ssofilter.benchmark.host;

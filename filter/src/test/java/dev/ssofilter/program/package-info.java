/** Programs that run beside the tests of both modules, each a process of its own on 127.0.0.1. */
package dev.ssofilter.program;

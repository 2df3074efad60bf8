/** Starts every contender in a process of its own, lets them take turns, and writes what came of it. */
package dev.ssofilter.benchmark;

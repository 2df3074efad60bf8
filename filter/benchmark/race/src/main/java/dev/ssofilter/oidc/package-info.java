/** Inner parts of this floor, measured by themselves. In its package, because they are. */
package dev.ssofilter.oidc;

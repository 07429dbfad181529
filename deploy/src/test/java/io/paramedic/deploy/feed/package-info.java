/** The feed and its page on an embedded broker: resuming, refusing, posting, and what a browser shows. */
@org.jspecify.annotations.NullMarked
package io.paramedic.deploy.feed;

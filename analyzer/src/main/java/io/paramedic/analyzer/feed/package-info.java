/**
 * Decides how what is on the log is shown to browsers and pipelines: a feed that resumes exactly, one page, and events that are
 * posted to a URL. It reads the log and nothing else, and changes nothing. Vert.x is used here alone, for HTTP; reading is
 * done on threads of its own.
 */
@NullMarked
package io.paramedic.analyzer.feed;

import org.jspecify.annotations.NullMarked;

/**
 * Decides what counts as the same thing: which host clock a sample belongs to, which life of a domain is meant, and what
 * survives a reboot. Nothing destructive is ever addressed by a name.
 */
@NullMarked
package io.paramedic.schemas.identity;

import org.jspecify.annotations.NullMarked;

/**
 * Decides what {@code doctor --json} prints: one report over the hosts that were asked, each either observed with what was
 * found or unreachable with the reason. It is a document, not a message on a topic, and versioned like one.
 */
@NullMarked
package io.paramedic.schemas.doctor;

import org.jspecify.annotations.NullMarked;

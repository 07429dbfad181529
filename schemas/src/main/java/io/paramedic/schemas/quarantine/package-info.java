/**
 * Decides how bytes that could not be read are kept for a person: where they were, why they were refused and, up to a limit,
 * what they were. Key of the topic: topic and partition of the source with a slash between.
 */
@NullMarked
package io.paramedic.schemas.quarantine;

import org.jspecify.annotations.NullMarked;

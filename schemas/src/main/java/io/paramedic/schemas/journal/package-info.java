/**
 * Decides how a decision is kept, also the decision not to act, and how the entries of a pool are chained so that none can be
 * changed or left out unseen. Feeds and audits read it. Key of the topic: the pool.
 */
@NullMarked
package io.paramedic.schemas.journal;

import org.jspecify.annotations.NullMarked;

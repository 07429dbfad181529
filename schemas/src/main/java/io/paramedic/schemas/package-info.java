/**
 * The contract: all that the parts of Paramedic say to each other. They never call each other; they meet on the log, in these
 * types. {@link io.paramedic.schemas.Contract} lists what is said on which topic, {@link io.paramedic.schemas.wire} how it
 * is written down. Everything here is data and pure functions of it.
 */
@NullMarked
package io.paramedic.schemas;

import org.jspecify.annotations.NullMarked;

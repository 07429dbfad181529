/**
 * Decides which topics there are, how each is set up, which partition a record belongs to, and what follows when a
 * topic differs from that. Pure: the catalogue is data and the comparison a function; what talks to Kafka is in
 * {@code io.paramedic.schemas.topics.admin}.
 */
@NullMarked
package io.paramedic.schemas.topics;

import org.jspecify.annotations.NullMarked;

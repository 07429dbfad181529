/**
 * Decides how every part of Paramedic speaks to the log: the properties of its clients, that a record goes to the partition of
 * its pool or host, and that nothing counts as written before Kafka has acknowledged it.
 */
@NullMarked
package io.paramedic.schemas.log;

import org.jspecify.annotations.NullMarked;

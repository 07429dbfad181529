/**
 * Decides what may be asked of the collector that owns a host. A request costs a look and changes nothing on the host. Key of
 * the topic: the host.
 */
@NullMarked
package io.paramedic.schemas.request;

import org.jspecify.annotations.NullMarked;

/**
 * Decides what an actuator can be told: one step, on one incarnation or one boot of a host, until two deadlines. Whether a
 * step is wise is decided in the analyzer, whether it is still safe on the host. Key of the topic: the pool.
 */
@NullMarked
package io.paramedic.schemas.command;

import org.jspecify.annotations.NullMarked;

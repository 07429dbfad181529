/**
 * Decides which guests are asked for a sign of life, where, and what their answers and silences add up to. That a guest answers
 * proves that it lives; a single silence, and a failure on our own side, prove nothing.
 */
@NullMarked
package io.paramedic.collector.probing;

import org.jspecify.annotations.NullMarked;

/**
 * Decides how a look at a host is put into words: conditions, signals and what could not be read. It states what was
 * seen and how, never what it means; verdicts are in {@code io.paramedic.schemas.diagnosis}.
 */
@NullMarked
package io.paramedic.schemas.observation;

import org.jspecify.annotations.NullMarked;

/**
 * Decides the words for what is wrong with a domain or a host. Which observation leads to which word is decided in the
 * analyzer, never here.
 */
@NullMarked
package io.paramedic.schemas.diagnosis;

import org.jspecify.annotations.NullMarked;

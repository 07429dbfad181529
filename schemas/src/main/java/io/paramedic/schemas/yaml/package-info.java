/**
 * Decides how documents that people write are read: the plain part of YAML with the line of everything, so that all that is
 * wrong can be told at once, each with its place, the rule and the word that was probably meant.
 */
@NullMarked
package io.paramedic.schemas.yaml;

import org.jspecify.annotations.NullMarked;

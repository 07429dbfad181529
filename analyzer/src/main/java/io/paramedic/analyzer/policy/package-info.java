/**
 * Decides how far Paramedic goes in a pool: mode, patience, budgets, what is protected, and which rungs need a person. The
 * defaults are safe without any configuration; a document that breaks a rule is refused with all its problems at once.
 */
@NullMarked
package io.paramedic.analyzer.policy;

import org.jspecify.annotations.NullMarked;

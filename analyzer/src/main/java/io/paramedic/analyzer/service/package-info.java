/**
 * Decides how events get into the core and its effects onto the log: exactly once, in order, one transaction for all that one
 * event leads to. It judges nothing; a bug of the core stops the partition in which it shows, and no other.
 */
@NullMarked
package io.paramedic.analyzer.service;

import org.jspecify.annotations.NullMarked;

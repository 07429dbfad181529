/**
 * Decides who may act where: folds the records of one partition of {@code leases}, in the order of the log, into a book that
 * says which claims were granted, which leases and holds are in force and which commands are burnt. Two readers who folded up
 * to the same offset hold the same book.
 */
@NullMarked
package io.paramedic.actuator.lease;

import org.jspecify.annotations.NullMarked;

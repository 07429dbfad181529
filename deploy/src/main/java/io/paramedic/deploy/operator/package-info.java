/**
 * Decides what an operator sees of the log and says to it: pages for status, incidents and explanations, and the orders to
 * pause, hold, approve and list hosts.
 */
@NullMarked
package io.paramedic.deploy.operator;

import org.jspecify.annotations.NullMarked;

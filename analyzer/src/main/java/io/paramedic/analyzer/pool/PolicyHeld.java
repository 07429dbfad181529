package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.policy.Policy;

/**
 * The policy that holds.
 *
 * @param revision 0 for the default that nobody set
 */
record PolicyHeld(long revision, Policy policy) {
    static final PolicyHeld DEFAULT = new PolicyHeld(0, Policy.DEFAULT);
}

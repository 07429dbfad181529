/**
 * Holds Paramedic against a real Xen host whose guests are named after what is wrong with them. Where it and the simulation
 * differ, the real host is right.
 */
@NullMarked
package io.paramedic.deploy.lab;

import org.jspecify.annotations.NullMarked;

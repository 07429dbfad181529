/**
 * The demonstration: simulated hosts on which things go wrong, the whole ring at work on them, and what came of it. Decides
 * the story that is told, how it is shown on a terminal, and from the record of the hosts themselves whether all went well.
 */
@NullMarked
package io.paramedic.deploy.demo;

import org.jspecify.annotations.NullMarked;

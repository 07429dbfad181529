/**
 * Decides how Paramedic comes by a Kafka: a single broker inside this process with its data in a directory, or one that
 * others run. The only package that touches Kafka's server classes, which have no published interface.
 */
@NullMarked
package io.paramedic.deploy.broker;

import org.jspecify.annotations.NullMarked;

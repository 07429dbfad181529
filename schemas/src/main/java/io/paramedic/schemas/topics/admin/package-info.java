/**
 * The shell around the topic catalogue: asks a Kafka which topics it has, creates the missing ones, records partition
 * counts and ids and hands everything to the pure comparison. Decides nothing about what is right; that is the catalogue's.
 */
@NullMarked
package io.paramedic.schemas.topics.admin;

import org.jspecify.annotations.NullMarked;

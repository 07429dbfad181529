/**
 * Decides how the doctor asks several hosts at once and how it tells a person what it found. What is asked is the collector's,
 * what it means is the analyzer's.
 */
@NullMarked
package io.paramedic.deploy.doctor;

import org.jspecify.annotations.NullMarked;

/**
 * Decides what each toolstack program means by what it prints, one parser per program. Anything it does not recognize is
 * unparseable, with a quote; it is never taken for absent.
 */
@NullMarked
package io.paramedic.collector.dialect;

import org.jspecify.annotations.NullMarked;

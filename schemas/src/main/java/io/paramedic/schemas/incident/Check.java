package io.paramedic.schemas.incident;

/**
 * One rule or guard that was asked.
 *
 * @param name of the rule or guard
 * @param holds whether the rule matched, or the guard let pass
 * @param why a sentence with the values that decided it
 */
public record Check(String name, boolean holds, String why) {}

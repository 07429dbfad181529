package io.paramedic.collector.dialect;

/**
 * A process of dom0.
 *
 * @param pid its id
 * @param ppid its parent's
 * @param stat the state letter and its modifiers, for example {@code Ssl}
 * @param args the command line as {@code ps} shows it; free text of whoever started it
 */
public record ProcessRow(int pid, int ppid, String stat, String args) {}

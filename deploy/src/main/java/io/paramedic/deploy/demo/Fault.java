package io.paramedic.deploy.demo;

import io.paramedic.schemas.diagnosis.Verdict;

/** What goes wrong with a guest in the story, and what Paramedic should call it. */
public enum Fault {
    SPINS("its kernel loops: all CPU time, no answer", Verdict.HUNG),
    ASLEEP("it is deadlocked asleep: no CPU time, no answer", Verdict.HUNG),
    DEVICE_MODEL_DEAD("its device model (qemu) was killed", Verdict.DEVICE_MODEL_DEAD),
    CRASHED("its kernel crashed, and the domain is kept", Verdict.CRASHED),
    /** It asked for a reboot, as the VM that answers again in a new incarnation shows. */
    STUCK_SHUTDOWN("it shut down for a reboot, and nobody clears it away", Verdict.NOT_REAPED),
    /** The one that nothing can be done about: that must be said, and nothing done. */
    ZOMBIE("it was destroyed, and a process still holds its memory", Verdict.ZOMBIE);

    private final String sentence;
    private final Verdict verdict;

    Fault(String sentence, Verdict verdict) {
        this.sentence = sentence;
        this.verdict = verdict;
    }

    /** What is true of the guest, for people. */
    public String sentence() {
        return sentence;
    }

    /** The right word for it. */
    public Verdict verdict() {
        return verdict;
    }

    /** Whether the guest should answer again in a new incarnation; otherwise it should only be explained. */
    public boolean curable() {
        return this != ZOMBIE;
    }
}

package io.paramedic.deploy.demo;

/** What only looks wrong with a guest in the story, and must not be touched. */
public enum Trap {
    /** No heartbeat and no probe either: nothing can tell it from one that is deadlocked asleep, so nothing may be done. */
    IDLE("idle HVM guest, B H in list_domains, nobody can ask it anything"),
    /** Its agent gets no time to beat; its network answers. */
    BUSY("database at 100 % CPU: its heartbeat stops, its probe answers"),
    PAUSED("paused by its administrator"),
    MIGRATING("in the middle of a migration, suspended here"),
    BOOTING("just booting: H alone, no answer yet");

    private final String sentence;

    Trap(String sentence) {
        this.sentence = sentence;
    }

    /** What is true of the guest, for people. */
    public String sentence() {
        return sentence;
    }
}

package io.paramedic.schemas.identity;

/** What may be the name of a pool or of a host; both are chosen by the operator. */
public final class Names {
    private static final int LONGEST = 253;

    private Names() {}

    /**
     * A pool's name stands before a slash in the keys of incidents, and all pool topics are partitioned by it.
     *
     * @throws IllegalArgumentException where it is blank, longer than 253 characters or has a slash or control character
     */
    public static void requirePool(String pool) {
        require("pool", pool);
        if (pool.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a pool's name has no slash: " + pool);
        }
    }

    /** @throws IllegalArgumentException where it is blank, longer than 253 characters or has a control character */
    public static void requireHost(String host) {
        require("host", host);
    }

    private static void require(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a " + what + " is blank");
        }
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("the name of a " + what + " is longer than " + LONGEST + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a " + what + " has a control character");
        }
    }
}

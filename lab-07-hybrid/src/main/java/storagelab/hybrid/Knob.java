package storagelab.hybrid;

/**
 * Something of a running system that can be set, such as how much of a memory is for which cache. Its settings are
 * numbered from 0, and neighbours in number are neighbours in effect: a larger cache, say, has the larger number.
 *
 * <p>Concurrency: called by one thread at a time, while other threads use the system.
 */
public interface Knob {
    /** What is set, in a word or two: {@code "memory for the memtable"}. */
    String name();

    /** How many settings there are, at least 2. */
    int settingCount();

    /** The current setting. */
    int setting();

    /**
     * Changes the setting while the system runs.
     *
     * @throws RuntimeException if the system cannot take it; {@link #setting} says what is set then
     */
    void set(int setting);

    /** A setting for a person to read: {@code "4 MiB"}. */
    String describe(int setting);
}

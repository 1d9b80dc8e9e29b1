package storagelab.disk;

/**
 * What a crash leaves of the changes that were not synced. What was synced is left by every mode.
 *
 * <p>{@link #RANDOM} can leave every image that the model of {@code notes/disk.md} allows; the others are its corners,
 * which find most mistakes and find them at once.
 */
public enum SurvivalMode {
    /** No unsynced change survives. */
    NOTHING,
    /** Every change survives, as when the process is killed and the machine runs on. */
    EVERYTHING,
    /** Names and sizes survive, data does not: a file that grew ends in zeros. */
    SIZES_WITHOUT_DATA,
    /** The changes survive in order up to a seeded one; if that is a write, it is cut at a 512-byte sector. */
    TORN_PREFIX,
    /** Seeded: each sector survives as of some moment since the last sync, each size and each change of a name too. */
    RANDOM
}

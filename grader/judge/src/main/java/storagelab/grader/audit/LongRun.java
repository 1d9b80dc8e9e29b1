package storagelab.grader.audit;

import java.nio.file.Path;
import java.util.function.ObjLongConsumer;

/**
 * A check of a store that takes minutes.
 *
 * @param kind the check that it belongs to
 * @param action what is done
 */
public record LongRun(Kind kind, Action action) {
    /** The checks that consist of long runs, in the order of the report. */
    public enum Kind {
        /** Crashes at every operation. */
        CRASHES("whenever the power is cut, a store recovers to a whole state that it has promised"),
        /** Damages of files. */
        FLIPS("a flipped bit in a file of a store, or a truncated file, gives no wrong answer"),
        /** Many operations by four threads. */
        SOAK("four threads that use a store at random for minutes find in it what they have written"),
        /** Processes that are killed. */
        KILLS("a process that is killed loses no write that a store has acknowledged");

        private final String claim;

        Kind(String claim) {
            this.claim = claim;
        }

        String claim() {
            return claim;
        }
    }

    /** What is done. */
    public interface Action {
        /**
         * Does it.
         *
         * @throws AssertionError if the store fails the check
         */
        void run(Setting setting) throws Exception;
    }

    /**
     * Where and how long it runs.
     *
     * @param quick whether a small form of it will do
     * @param seed of every random choice
     * @param directory an empty directory for its files
     * @param count told how much was done
     */
    public record Setting(boolean quick, long seed, Path directory, ObjLongConsumer<Count> count) {}
}

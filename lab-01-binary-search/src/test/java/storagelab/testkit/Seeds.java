package storagelab.testkit;

import java.security.SecureRandom;
import java.util.Random;
import storagelab.course.ExerciseNotDone;

/**
 * Where the randomness of tests comes from. Every run takes a fresh seed unless {@code -Dseed=N} says which; a failing
 * test names the seed that makes it fail again.
 */
public final class Seeds {
    private static final long BASE = chooseBase();

    /** A test that takes all of its randomness from {@code random}. */
    @FunctionalInterface
    public interface RandomTest {
        /** Fails by throwing. */
        void run(Random random) throws Exception;
    }

    private Seeds() {}

    /** The seed of this run of tests: {@code -Dseed=N}, or a fresh one. */
    public static long base() {
        return BASE;
    }

    /**
     * Runs {@code test} with {@code rounds} seeds, the first of which is {@link #base()}.
     *
     * @throws AssertionError if a round fails; the message ends with the seed that repeats it
     */
    public static void check(int rounds, RandomTest test) {
        for (long seed = BASE; seed < BASE + rounds; seed++) {
            String round = "the random input of --seed " + seed;
            Step.at(round);
            try {
                test.run(new Random(seed));
            } catch (ExerciseNotDone e) {
                throw e;
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        describe(e, round) + "\n(repeat with --seed " + seed + ", or in Maven with -Dseed=" + seed
                                + ")",
                        e);
            }
        }
    }

    private static String describe(Throwable failure, String round) {
        String message = failure.getMessage();
        if (failure instanceof AssertionError && message != null) {
            return message;
        }
        String thrown = "threw " + failure.getClass().getSimpleName();
        String words = message == null ? thrown : thrown + ": " + message;
        return Step.isAt(round) ? words : Step.before(words); // the seed is told in the end
    }

    private static long chooseBase() {
        Long given = Long.getLong("seed");
        return given != null ? given : new SecureRandom().nextInt(Integer.MAX_VALUE);
    }
}

package storagelab.grader.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.lsm.LsmStore;

/** Real processes that write to a log-structured merge tree on the real disk die by SIGKILL, one after the other. */
final class LsmKillRun {
    private static final int WRITES_MAX = 2000;

    private LsmKillRun() {}

    /**
     * Kills so many writers of the store in {@code directory}, which is empty.
     *
     * @return how many writes they had acknowledged
     * @throws AssertionError if one that was acknowledged is lost, or a batch is half there
     */
    public static long of(Path directory, int kills, long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        long last = 0;
        for (int kill = 1; kill <= kills; kill++) {
            long acknowledged = KilledWriter.run(LsmWriter.class, directory, 1 + random.nextInt(WRITES_MAX));
            try (LsmStore store = LsmStore.open(directory, LsmWriter.OPTIONS)) {
                last = CountingWriter.last(store);
                Optional<Slice> other = store.get(CountingWriter.SECOND);
                if (last < acknowledged || !other.equals(Optional.of(Slice.utf8(Long.toString(last))))) {
                    throw new AssertionError("kill " + kill + ": write " + acknowledged + " was acknowledged, and "
                            + last + " and " + other + " are there");
                }
                if (!store.recoveryReport().isClean()) {
                    throw new AssertionError("kill " + kill + ": " + store.recoveryReport());
                }
                store.verify();
            }
        }
        return last;
    }
}

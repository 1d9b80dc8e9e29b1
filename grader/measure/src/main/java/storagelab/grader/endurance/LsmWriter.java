package storagelab.grader.endurance;

import java.nio.file.Path;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/** As {@link CountingWriter}, in a log-structured merge tree with small memtables. */
public final class LsmWriter {
    public static final LsmOptions OPTIONS =
            LsmOptions.defaults().withMemtableBytes(20_000).withTableBytes(40_000);

    private LsmWriter() {}

    /** {@code args[0]} is the directory of the store. */
    public static void main(String[] args) {
        try (LsmStore store = LsmStore.open(Path.of(args[0]), OPTIONS)) {
            CountingWriter.count(store);
        }
    }
}

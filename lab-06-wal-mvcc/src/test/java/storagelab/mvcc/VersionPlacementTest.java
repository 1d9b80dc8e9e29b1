package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.EngineSnapshot;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.testkit.Crew;

/**
 * Where versions live over a B+tree, three ways, measured: in chains in memory, in pinned snapshots of the tree, in the keys. It
 * prints a table; {@code -Dplacement.keys=100000 -Dplacement.operations=100000} is the run of the decision page.
 */
class VersionPlacementTest {
    private static final int KEYS = Integer.getInteger("placement.keys", 2_000);
    private static final int OPERATIONS = Integer.getInteger("placement.operations", 2_000);
    private static final int ROUNDS = Integer.getInteger("placement.rounds", 1);
    private static final int VALUE_BYTES = 100;

    @TempDir
    @SuppressWarnings("NullAway") // JUnit sets it
    private Path directory;

    /** A way, and how its versions are made. */
    private enum Way {
        CHAINS(ChainedVersions::new),
        PINNED_SNAPSHOTS(NativeVersions::new),
        VERSIONS_IN_KEYS(KeyedVersions::new);

        private final Function<StorageEngine, VersionedEngine> over;

        Way(Function<StorageEngine, VersionedEngine> over) {
            this.over = over;
        }
    }

    /** A store of one way with all keys loaded, and the sequence that comes next. */
    private static final class Loaded implements AutoCloseable {
        private final BTreeStore engine;
        private final VersionedEngine versions;
        private final Path path;
        private long next = 1; // guarded by this

        private Loaded(Way way, Path path) {
            this.path = path;
            this.engine = BTreeStore.open(path, BTreeOptions.defaults());
            this.versions = way.over.apply(engine);
            for (int i = 0; i < KEYS; i++) {
                put(i, i);
            }
            engine.checkpoint();
        }

        private synchronized void put(int key, int value) {
            versions.publish(next++, new WriteBatch().put(key(key), value(value)));
        }

        /** Reads a key and, half the times, writes it. */
        private void transaction(Random random) {
            int key = random.nextInt(KEYS);
            try (EngineSnapshot view = versions.view()) {
                Slice unused = view.get(key(key)).orElseThrow();
                if (random.nextBoolean()) {
                    put(key, random.nextInt());
                }
            }
        }

        private long fileBytes() {
            try (Stream<Path> files = Files.walk(path)) {
                return files.filter(Files::isRegularFile)
                        .mapToLong(file -> {
                            try {
                                return Files.size(file);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .sum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("user%012d".formatted((number * 2_654_435_761L) % 1_000_000_007L * 4096 + number % 4096));
    }

    private static Slice value(int number) {
        byte[] bytes = new byte[VALUE_BYTES];
        new Random(number).nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    @Test
    @DisplayName(
            "the three ways compared: speed of transactions, and what a reader costs that stays while keys are written")
    void compare() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Way way : Way.values()) {
                try (Loaded loaded = new Loaded(way, directory.resolve(way + "-" + round))) {
                    lines.add("%-17s %s %s".formatted(way, speed(loaded), longReader(loaded)));
                }
            }
        }
        System.out.println("%d keys of 16 + %d bytes, %d operations%n%s"
                .formatted(KEYS, VALUE_BYTES, OPERATIONS, String.join("\n", lines)));
    }

    private static String speed(Loaded loaded) throws InterruptedException {
        StringBuilder text = new StringBuilder("transactions/s");
        for (int threads : new int[] {1, 2, 8}) {
            run(loaded, threads, OPERATIONS / 4);
            text.append(" %d threads: %,9.0f;".formatted(threads, OPERATIONS / run(loaded, threads, OPERATIONS)));
        }
        long start = System.nanoTime();
        try (EngineSnapshot view = loaded.versions.view()) {
            Random random = new Random(2);
            for (int i = 0; i < OPERATIONS; i++) {
                view.get(key(random.nextInt(KEYS)));
            }
        }
        return text.append(" get %.2f µs;".formatted((System.nanoTime() - start) / 1e3 / OPERATIONS))
                .toString();
    }

    private static double run(Loaded loaded, int threads, int operations) throws InterruptedException {
        long start = System.nanoTime();
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < threads; thread++) {
                int seed = thread;
                crew.start("client " + thread, () -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < operations / threads; i++) {
                        loaded.transaction(random);
                    }
                });
            }
            crew.join();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** A view that stays while keys are written, each by a brief transaction. */
    private static String longReader(Loaded loaded) {
        loaded.engine.checkpoint();
        long fileBefore = loaded.fileBytes();
        long heapBefore = usedBytes();
        EngineSnapshot reader = loaded.versions.view();
        List<Optional<Slice>> before = new ArrayList<>();
        for (int i = 0; i < KEYS; i += 97) {
            before.add(reader.get(key(i)));
        }
        long start = System.nanoTime();
        Random random = new Random(3);
        for (int i = 0; i < OPERATIONS; i++) {
            try (EngineSnapshot brief = loaded.versions.view()) {
                int key = random.nextInt(KEYS);
                brief.get(key(key));
                loaded.put(key, i);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        loaded.engine.checkpoint();
        String text = "| long reader: %,9.0f writes/s, heap +%.1f MiB, files +%.1f MiB, %d versions"
                .formatted(
                        OPERATIONS / seconds,
                        (usedBytes() - heapBefore) / 1048576.0,
                        (loaded.fileBytes() - fileBefore) / 1048576.0,
                        loaded.versions.versions());
        List<Optional<Slice>> after = new ArrayList<>();
        for (int i = 0; i < KEYS; i += 97) {
            after.add(reader.get(key(i)));
        }
        assertThat("what the long reader sees", after, is(before));
        reader.close();
        return text;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package storagelab.grader.bench.lab03;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;
import storagelab.grader.bench.RivalBenchmark;
import storagelab.grader.bench.RivalTarget;

/** What is measured of lab 3. */
public final class Lab03Catalog implements LabCatalog {
    private static final String PACKAGE = "storagelab.grader.bench.lab03.";

    private static final String CONCURRENT_MAP = "ConcurrentSkipListMap";

    @Override
    public int lab() {
        return 3;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(
                new BenchmarkSpec(
                        "3.tree",
                        "Put and get in a balanced tree",
                        "3.2",
                        List.of(),
                        4,
                        PACKAGE + "TreeCosts",
                        PACKAGE + "TreeWork"),
                new BenchmarkSpec(
                        "3.memtable",
                        "Insert into and read the memtable",
                        "3.7",
                        List.of(),
                        6,
                        PACKAGE + "MemtableCosts",
                        PACKAGE + "MemtableWork"));
    }

    @Override
    public List<RivalBenchmark> rivals() {
        List<RivalBenchmark> rivals = new ArrayList<>();
        rivals.add(RivalBenchmark.timed("3.tree-get", "Get from a tree of 100,000", PACKAGE + "TreeRivals")
                .against("TreeMap", "getOurs", "getJdk")
                .with("entries", "100000")
                .target(RivalTarget.timesTheTime(1.2))
                .build());
        rivals.add(RivalBenchmark.timed("3.tree-put", "Put 100,000 into an empty tree", PACKAGE + "TreeRivals")
                .against("TreeMap", "putOurs", "putJdk")
                .with("entries", "100000")
                .operations(100_000)
                .singleShot()
                .target(RivalTarget.timesTheTime(1.2))
                .build());
        for (int threads = 1; threads <= 2; threads++) {
            for (int entries : new int[] {100_000, 1_000_000}) {
                rivals.add(memtableGet(entries, threads));
                rivals.add(memtablePut(entries, threads));
            }
        }
        rivals.add(RivalBenchmark.counted(
                "3.memtable-memory", "Memory of a memtable", PACKAGE + "MemtableMemory", CONCURRENT_MAP));
        return List.copyOf(rivals);
    }

    private static RivalBenchmark memtableGet(int entries, int threads) {
        return memtable("get", "Get from a memtable of %,d, %s", entries, threads)
                .against(CONCURRENT_MAP, "getOurs", "getJdk")
                .build();
    }

    private static RivalBenchmark memtablePut(int entries, int threads) {
        return memtable("put", "Put %,d into an empty memtable, %s", entries, threads)
                .against(CONCURRENT_MAP, "putOurs", "putJdk")
                .operations(entries / threads)
                .singleShot()
                .build();
    }

    private static RivalBenchmark.Builder memtable(String call, String title, int entries, int threads) {
        String id = "3.memtable-" + call + "-" + (entries == 1_000_000 ? "1m" : "100k") + "-" + threads;
        String words = String.format(Locale.ROOT, title, entries, threads == 1 ? "one thread" : threads + " threads");
        return RivalBenchmark.timed(id, words, PACKAGE + "MemtableRivals")
                .with("entries", Integer.toString(entries))
                .threads(threads)
                .target(RivalTarget.timesAsFast(1.5));
    }
}

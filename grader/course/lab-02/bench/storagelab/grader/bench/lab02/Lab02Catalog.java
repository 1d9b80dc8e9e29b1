package storagelab.grader.bench.lab02;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;
import storagelab.grader.bench.RivalBenchmark;
import storagelab.grader.bench.RivalTarget;

/** What is measured of lab 2. */
public final class Lab02Catalog implements LabCatalog {
    private static final String PACKAGE = "storagelab.grader.bench.lab02.";

    @Override
    public int lab() {
        return 2;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(
                new BenchmarkSpec(
                        "2.bounds",
                        "Bounds of integers and keys",
                        "2.1",
                        List.of(),
                        2,
                        PACKAGE + "BoundsCosts",
                        PACKAGE + "BoundsWork"),
                new BenchmarkSpec(
                        "2.merge",
                        "Merge eight sorted sources",
                        "2.7",
                        List.of(),
                        4,
                        PACKAGE + "MergeCosts",
                        PACKAGE + "MergeWork"),
                new BenchmarkSpec(
                        "2.store-range",
                        "Read ranges of the store",
                        "2.8",
                        List.of("2.6", "2.7"),
                        4,
                        PACKAGE + "StoreRangeCosts",
                        PACKAGE + "StoreRangeWork"));
    }

    @Override
    public List<RivalBenchmark> rivals() {
        return List.of(
                RivalBenchmark.timed(
                                "2.layout-eytzinger", "Search 16 million ints, Eytzinger", PACKAGE + "LayoutRivals")
                        .against("Arrays.binarySearch", "eytzinger", "library")
                        .target(RivalTarget.timesAsFast(2))
                        .build(),
                RivalBenchmark.timed("2.layout-blocks", "Search 16 million ints, block tree", PACKAGE + "LayoutRivals")
                        .against("Arrays.binarySearch", "blockTree", "library")
                        .build(),
                RivalBenchmark.timed("2.merge-forward", "An entry of eight merged sources", PACKAGE + "MergeRivals")
                        .against("PriorityQueue of sources", "ours", "priorityQueue")
                        .with("keys", "100000")
                        .target(RivalTarget.aSecond(10_000_000))
                        .target(RivalTarget.bytesAllocated(0))
                        .build(),
                RivalBenchmark.timed("2.merge-backward", "The same, backward", PACKAGE + "MergeRivals")
                        .alone("oursBackward")
                        .with("keys", "100000")
                        .target(RivalTarget.aSecond(10_000_000))
                        .target(RivalTarget.bytesAllocated(0))
                        .build());
    }
}

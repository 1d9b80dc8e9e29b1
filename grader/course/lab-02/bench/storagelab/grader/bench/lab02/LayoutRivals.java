package storagelab.grader.bench.lab02;

import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import storagelab.bounds.BlockTreeInts;
import storagelab.bounds.EytzingerInts;
import storagelab.bounds.SortedInts;
import storagelab.grader.bench.worker.WrongAnswerException;

/** Layouts of sorted ints beside {@link Arrays#binarySearch(int[], int)}, for random targets. */
public class LayoutRivals {
    /** The numbers, in ascending order, and what is sought. */
    @State(Scope.Benchmark)
    public static class Numbers {
        private static final int CHECKS = 10_000;

        /** How many: not a power of two, because probes of such arrays fall into the same few sets of a cache. */
        @Param("16000000")
        public int numbers;

        private int[] sorted = {};
        private int target;

        /** Makes numbers with equal gaps. */
        @Setup
        public void prepare() {
            sorted = new int[numbers];
            long step = (1L << Integer.SIZE) / numbers;
            for (int i = 0; i < numbers; i++) {
                sorted[i] = (int) (Integer.MIN_VALUE + i * step);
            }
            target = new Random(Long.getLong("seed", 1)).nextInt();
        }

        /** A linear congruential generator: all ints, each once, and none of them from memory. */
        private int nextTarget() {
            target = target * 747_796_405 + 1_403_630_843;
            return target;
        }

        private int search(int sought) {
            int found = Arrays.binarySearch(sorted, sought);
            return found < 0 ? -found - 1 : found;
        }

        private void check(SortedInts layout) {
            for (int i = 0; i < CHECKS; i++) {
                int sought = nextTarget();
                if (layout.lowerBound(sought) != search(sought)) {
                    throw new WrongAnswerException(layout.getClass().getSimpleName() + ".lowerBound(" + sought
                            + ") gave " + layout.lowerBound(sought) + " instead of " + search(sought));
                }
            }
        }
    }

    /** The numbers in the order of a tree. */
    @State(Scope.Benchmark)
    public static class Eytzinger {
        private EytzingerInts layout = new EytzingerInts(new int[0]);

        /** Lays the numbers out. */
        @Setup
        public void prepare(Numbers numbers) {
            layout = new EytzingerInts(numbers.sorted);
            numbers.check(layout);
        }
    }

    /** The numbers under a tree of blocks. */
    @State(Scope.Benchmark)
    public static class BlockTree {
        private BlockTreeInts layout = new BlockTreeInts(new int[0]);

        /** Lays the numbers out. */
        @Setup
        public void prepare(Numbers numbers) {
            layout = new BlockTreeInts(numbers.sorted);
            numbers.check(layout);
        }
    }

    /** A search of the tree. */
    @Benchmark
    public int eytzinger(Numbers numbers, Eytzinger eytzinger) {
        return eytzinger.layout.lowerBound(numbers.nextTarget());
    }

    /** A search of the blocks. */
    @Benchmark
    public int blockTree(Numbers numbers, BlockTree blockTree) {
        return blockTree.layout.lowerBound(numbers.nextTarget());
    }

    /** A search of the JDK. */
    @Benchmark
    public int library(Numbers numbers) {
        return numbers.search(numbers.nextTarget());
    }
}

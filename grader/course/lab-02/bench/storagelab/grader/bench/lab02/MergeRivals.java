package storagelab.grader.bench.lab02;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.MergingCursor;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * A walk over a merge of eight sources in memory with keys of 16 bytes, each in one source drawn at random, beside the same
 * merge with a {@link PriorityQueue} of the sources. An operation is an entry.
 */
@State(Scope.Benchmark)
public class MergeRivals {
    private static final int SOURCES = 8;
    private static final int ENTRIES = 1_000;
    private static final int KEY_BYTES = 16;

    @Param("100000")
    private int keys;

    private MergingCursor forward = new MergingCursor(List.of());
    private MergingCursor backward = new MergingCursor(List.of());
    private QueueMerge queue = new QueueMerge(List.of());

    /** Fills all sides, and compares what the first thousands of entries are. */
    @Setup
    public void prepare() {
        MergeSources sources = MergeSources.disjoint(SOURCES, keys, new Random(Long.getLong("seed", 1)));
        forward = new MergingCursor(sources.cursors());
        backward = new MergingCursor(sources.cursors());
        queue = new QueueMerge(sources.newestFirst());
        for (int i = 0; i < 50; i++) {
            long ours = ours();
            long theirs = priorityQueue();
            if (ours != theirs) {
                throw new WrongAnswerException("digests of entries " + i * ENTRIES + " to " + (i + 1) * ENTRIES
                        + " differ: " + ours + " and " + theirs);
            }
        }
    }

    /** The next thousand entries of ours. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long ours() {
        long digest = 0;
        for (int i = 0; i < ENTRIES; i++) {
            if (forward.isValid()) {
                forward.next();
            }
            if (!forward.isValid()) {
                forward.seekToFirst();
            }
            digest += forward.key().byteAt(KEY_BYTES - 1) + forward.value().length();
        }
        return digest;
    }

    /** The thousand entries before, of ours. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long oursBackward() {
        long digest = 0;
        for (int i = 0; i < ENTRIES; i++) {
            if (backward.isValid()) {
                backward.prev();
            }
            if (!backward.isValid()) {
                backward.seekToLast();
            }
            digest += backward.key().byteAt(KEY_BYTES - 1) + backward.value().length();
        }
        return digest;
    }

    /** The next thousand entries of the queue. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long priorityQueue() {
        long digest = 0;
        for (int i = 0; i < ENTRIES; i++) {
            Entry entry = queue.next();
            digest += entry.key().byteAt(KEY_BYTES - 1) + entry.value().length();
        }
        return digest;
    }

    /** A merge as one writes it with the JDK: the sources in a queue, by the key they are at. */
    private static final class QueueMerge {
        private final List<List<Entry>> sources;
        private final PriorityQueue<Source> queue = new PriorityQueue<>(
                Comparator.<Source, Slice>comparing(source -> source.entry().key())
                        .thenComparingInt(source -> source.age));

        QueueMerge(List<List<Entry>> newestFirst) {
            sources = new ArrayList<>(newestFirst);
        }

        Entry next() {
            if (queue.isEmpty()) {
                for (int age = 0; age < sources.size(); age++) {
                    queue.add(new Source(sources.get(age), age));
                }
            }
            Source source = queue.remove();
            Entry entry = source.entry();
            source.position++;
            if (source.position < source.entries.size()) {
                queue.add(source);
            }
            return entry;
        }

        private static final class Source {
            private final List<Entry> entries;
            private final int age;
            private int position;

            Source(List<Entry> entries, int age) {
                this.entries = entries;
                this.age = age;
            }

            Entry entry() {
                return entries.get(position);
            }
        }
    }
}

package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.ExpiredRuns;
import storagelab.compaction.TtlFilter;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;

/** Exercise 5.17: when a value has had its time, and when a whole run has. */
@Tag("5.17")
class ExpiryHiddenTest {
    private static final Slice ANY = Slice.utf8("any");

    private static TtlFilter filter(long ttl, long now, long written) {
        return new TtlFilter(Duration.ofMillis(ttl), () -> Instant.ofEpochMilli(now), value -> written);
    }

    @Test
    @DisplayName("a value goes when it is older than its time to live, whatever the three times are")
    void anyTimes() {
        long[] edges = {0, 1, 999, Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, -1, 3_600_000};
        Seeds.check(1, random -> {
            for (int i = 0; i < 2000; i++) {
                long ttl = Math.max(0, edges[random.nextInt(edges.length)]);
                long now = random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(5000);
                long written = random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(5000);
                boolean isOver = BigInteger.valueOf(now)
                                .subtract(BigInteger.valueOf(written))
                                .compareTo(BigInteger.valueOf(ttl))
                        > 0;
                String what = "is a value of " + written + " too old at " + now + " with a ttl of " + ttl;
                assertEquals(isOver, filter(ttl, now, written).drops(ANY, ANY), what);
            }
        });
    }

    @Test
    @DisplayName("whole runs go only where it was said that no value has a time after that of its put")
    void wholeRuns() {
        assertFalse(filter(10, 1000, 0).dropsAllUntil(1), "all values until 1 go, though some may be of the future");
        TtlFilter whole = filter(10, 1000, 0).forWholeRuns();
        assertTrue(whole.dropsAllUntil(989), "values until 989 stay at 1000, with a ttl of 10");
        assertFalse(whole.dropsAllUntil(990), "values until 990 go at 1000, with a ttl of 10");
        assertTrue(whole.drops(ANY, ANY), "a value of 0 stays at 1000 where whole runs go");
    }

    private static Slice key(int letter) {
        return InternalKey.of(Slice.utf8("" + (char) ('a' + letter)), 7, ValueKind.VALUE);
    }

    private static FileMetadata table(long number, int from, int to) {
        return new FileMetadata(number, 10, key(from), key(to));
    }

    /** A version of some runs on levels 0 to 2, each of one or two tables; some were flushed nobody knows when. */
    private static Version version(Random random) {
        VersionEdit edit = new VersionEdit();
        long number = 1;
        for (int level = 2; level >= 0; level--) {
            for (int i = random.nextInt(4); i > 0; i--) {
                long run = number;
                int from = random.nextInt(20);
                int to = from + random.nextInt(4);
                long millis = random.nextInt(4) == 0 ? 0 : number * 10;
                edit.add(level, table(number++, from, to).inRun(run, millis));
                if (level > 0 && random.nextBoolean()) {
                    edit.add(level, table(number++, to + 1, to + 3).inRun(run, millis / 2));
                }
            }
        }
        return Version.empty().with(edit);
    }

    private static boolean hidesNothing(SortedRun run, List<SortedRun> older) {
        Slice from = run.files().get(0).smallestUserKey();
        Slice to = run.files().get(run.files().size() - 1).largestUserKey();
        return older.stream().flatMap(other -> other.files().stream()).noneMatch(file -> file.overlaps(from, to));
    }

    private static @Nullable SortedRun expected(Version version, long limit) {
        List<SortedRun> runs = version.runs();
        SortedRun found = null;
        for (int i = 0; i < runs.size(); i++) {
            SortedRun run = runs.get(i);
            long newest = run.newestMillis();
            if (newest > 0 && newest <= limit && hidesNothing(run, runs.subList(i + 1, runs.size()))) {
                found = run; // the last of these is the oldest
            }
        }
        return found;
    }

    @Test
    @DisplayName(
            "a run hides what lies between its tables, and is not hidden by what lies around a gap of an older run")
    void gaps() {
        CompactionFilter all = new CompactionFilter() {
            @Override
            public boolean drops(Slice key, Slice value) {
                return true;
            }

            @Override
            public boolean dropsAllUntil(long newestMillis) {
                return true;
            }
        };
        Version inTheGap = Version.empty()
                .with(new VersionEdit()
                        .add(1, table(5, 0, 1).inRun(9, 100))
                        .add(1, table(6, 6, 7).inRun(9, 100))
                        .add(2, table(3, 3, 4).inRun(2, 0)));
        assertTrue(
                ExpiredRuns.oldest(inTheGap, all) == null,
                "a run of the tables a to b and g to h goes, and an older table has d to e, between its smallest and"
                        + " its largest key");
        Version aroundTheGap = Version.empty()
                .with(new VersionEdit()
                        .add(1, table(5, 3, 4).inRun(9, 100))
                        .add(2, table(3, 0, 1).inRun(2, 0))
                        .add(2, table(4, 6, 7).inRun(2, 0)));
        SortedRun found = ExpiredRuns.oldest(aroundTheGap, all);
        assertEquals(
                9L,
                found == null ? -1L : found.number(),
                "the run that goes (-1: none): it has d to e, and the tables of the older run a to b and g to h");
    }

    @Test
    @DisplayName("of any runs, the oldest goes that is known to be over as a whole and hides nothing of an older one")
    void runs() {
        Seeds.check(200, random -> {
            Version version = version(random);
            long limit = random.nextInt(100);
            CompactionFilter until = new CompactionFilter() {
                @Override
                public boolean drops(Slice key, Slice value) {
                    throw new AssertionError("a value was asked about: nobody needs to read one");
                }

                @Override
                public boolean dropsAllUntil(long newestMillis) {
                    return newestMillis <= limit;
                }
            };
            SortedRun found = ExpiredRuns.oldest(version, until);
            SortedRun expected = expected(version, limit);
            assertEquals(
                    expected == null ? "none" : expected.toString(),
                    found == null ? "none" : found.toString(),
                    "the run to delete of " + version.runs() + ", all until " + limit + " being over");
        });
    }
}

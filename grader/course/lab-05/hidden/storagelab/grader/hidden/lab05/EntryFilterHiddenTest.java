package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.compaction.EntryFilter;
import storagelab.grader.hidden.kit.Growth;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;

/** Exercise 5.13: what a merge may leave out. */
@Tag("5.13")
class EntryFilterHiddenTest {
    private static final Set<Long> RUN_9 = Set.of(9L);

    /** What a merge of these tables into level 1 keeps, in words. */
    private static String kept(Version version, Set<Long> inputs, long oldestSnapshot, NavigableMap<Slice, Slice> all) {
        EntryFilter filter = new EntryFilter(Merges.of(version, inputs, 1, 9), version, oldestSnapshot);
        NavigableMap<Slice, Slice> kept = KeptEntries.none();
        all.forEach((key, value) -> {
            if (!filter.drops(key)) {
                kept.put(key, value);
            }
        });
        return KeptEntries.describe(kept);
    }

    private static String kept(Version version, long oldestSnapshot, String words) {
        return kept(version, RUN_9, oldestSnapshot, Merges.entries(words));
    }

    /** What a reader that may come can see, and deletions that hide something. */
    private static String needed(NavigableMap<Slice, Slice> all, long oldestSnapshot, boolean mayBeOlder) {
        NavigableMap<Slice, Slice> needed = KeptEntries.none();
        for (Slice key : all.keySet()) {
            for (long reader = oldestSnapshot; reader < 50; reader++) {
                Slice seen = all.ceilingKey(InternalKey.seekKey(InternalKey.userKey(key), reader));
                boolean hidesNothing =
                        Merges.isDeletion(key) && InternalKey.sequence(key) <= oldestSnapshot && !mayBeOlder;
                if (key.equals(seen) && !hidesNothing) {
                    needed.put(key, Slice.EMPTY);
                }
            }
        }
        return KeptEntries.describe(needed);
    }

    @Test
    @DisplayName(
            "of any four versions of a key, whatever the oldest snapshot is, what some reader can see stays, and no more")
    void oneKey() {
        Version nothingOlder = Merges.version("1 9 9 a z", "2 0 5 x z");
        Version older = Merges.version("1 9 9 a z", "2 0 5 a c");
        for (int deletions = 0; deletions < 16; deletions++) {
            StringBuilder words = new StringBuilder("b@9");
            for (int i = 0; i < 4; i++) {
                words.append(" b@").append(8 - 2 * i).append((deletions >> i & 1) == 1 ? "†" : "");
            }
            NavigableMap<Slice, Slice> all = Merges.entries(words.toString());
            all.remove(all.firstKey()); // of b there is 8, 6, 4 and 2
            for (long snapshot = 0; snapshot < 10; snapshot++) {
                String what = "of " + KeptEntries.describe(all) + " with the oldest snapshot at " + snapshot;
                assertEquals(
                        needed(all, snapshot, false),
                        kept(nothingOlder, RUN_9, snapshot, all),
                        "what stays " + what + ", and no older table that may have b");
                assertEquals(
                        needed(all, snapshot, true),
                        kept(older, RUN_9, snapshot, all),
                        "what stays " + what + ", and an older table that may have b");
            }
        }
    }

    @Test
    @DisplayName("each key is judged for itself, the one without a byte and those that begin alike as well")
    void manyKeys() {
        Version version = Merges.version("1 9 9 a z");
        assertEquals(
                "@5 a@3 aa@4 b@1",
                kept(version, Merges.NO_SNAPSHOT, "@5 @4 a@3 a@2† aa@4 aa@1 ab@7† ab@6 b@1"),
                "what stays of @5 @4 a@3 a@2† aa@4 aa@1 ab@7† ab@6 b@1 without a snapshot");
        assertEquals(
                "a@9 b@9 c@9",
                kept(version, Merges.NO_SNAPSHOT, "a@9 b@9 c@9"),
                "what stays of a@9 b@9 c@9, all of one write");
    }

    @Test
    @DisplayName("the oldest snapshot may be at the largest sequence there is")
    void largestSequence() {
        NavigableMap<Slice, Slice> all = Merges.entries("a@9 a@8 b@3† c@1");
        all.put(Blocks.put("d", InternalKey.MAX_SEQUENCE), Slice.EMPTY);
        all.put(Blocks.put("d", InternalKey.MAX_SEQUENCE - 1), Slice.EMPTY);
        assertEquals(
                "a@9 c@1 d@" + InternalKey.MAX_SEQUENCE,
                kept(Merges.version("1 9 9 a z"), RUN_9, InternalKey.MAX_SEQUENCE, all),
                "what stays of " + KeptEntries.describe(all) + " with the oldest snapshot at the largest sequence");
    }

    @Test
    @DisplayName("whether something older may have a key is found by halving, and not by a look at all tables")
    void halves() {
        Growth.check("asking about deletions", "tables of an older run", tables -> {
            VersionEdit edit = new VersionEdit()
                    .add(1, new FileMetadata(9, 100, Blocks.put("a", 5), Blocks.put("z", 5)).inRun(9, 0));
            for (int i = 0; i < tables; i++) {
                Slice key = Blocks.put("k%06d5".formatted(i), 5);
                edit.add(2, new FileMetadata(100 + i, 100, key, key).inRun(1, 0));
            }
            Version version = Version.empty().with(edit);
            List<Slice> deletions = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                deletions.add(Blocks.deletion("k%06d3%04d".formatted((long) tables * i / 4000, i), 9));
            }
            return () -> {
                EntryFilter filter = new EntryFilter(Merges.of(version, RUN_9, 1, 9), version, Merges.NO_SNAPSHOT);
                for (Slice deletion : deletions) {
                    assertTrue(filter.drops(deletion), "a deletion stays, and no older table has its key");
                }
            };
        });
    }

    @Test
    @DisplayName("a random merge keeps of each key what readers can see")
    void random() {
        Version version = Merges.version("1 9 9 a z");
        Seeds.check(200, random -> {
            NavigableMap<Slice, Slice> all = Merges.random(random);
            long snapshot = random.nextInt(42);
            assertEquals(
                    needed(all, snapshot, false),
                    kept(version, RUN_9, snapshot, all),
                    "what stays of " + KeptEntries.describe(all) + " with the oldest snapshot at " + snapshot);
        });
    }

    @Test
    @DisplayName("a deletion stays where a deeper level may have its key: between the bounds of a table, both included")
    void deeper() {
        String all = "b@9† c@9† d@9† e@9† f@9† g@9† h@9†";
        assertEquals(
                "c@9† d@9† e@9† g@9†",
                kept(Merges.version("1 9 9 a z", "3 0 5 c e", "3 0 4 g g"), Merges.NO_SNAPSHOT, all),
                "what stays of " + all + ", if level 3 has tables from c to e and of g");
        assertEquals(
                "",
                kept(Merges.version("1 9 9 a z"), Merges.NO_SNAPSHOT, all),
                "what stays of " + all + ", if there is nothing else");
    }

    @Test
    @DisplayName("a deletion stays where an older run may have its key, also on the level of the output or of an input")
    void olderRuns() {
        Version sameLevel = Merges.version("1 9 9 a z", "1 8 8 a z", "1 5 5 a c");
        assertEquals(
                "b@20†",
                kept(sameLevel, Set.of(9L, 8L), Merges.NO_SNAPSHOT, Merges.entries("b@20† x@21†")),
                "what stays of b@20† x@21†: the runs 9 and 8 of level 1 are merged, and its run 5 has keys from a to c");
        Version ofTheInput = Merges.version("0 12 12 a z", "0 11 11 a c", "1 9 9 x z");
        assertEquals(
                "b@20†",
                kept(ofTheInput, Set.of(12L, 9L), Merges.NO_SNAPSHOT, Merges.entries("b@20† w@21†")),
                "what stays of b@20† w@21†: 12 of level 0 is merged with 9 of level 1, and 11 of level 0 has a to c");
    }

    @Test
    @DisplayName("a deletion stays where another table of an input's run may have its key")
    void sameRun() {
        Version version = Merges.version("0 20 20 a z", "1 0 11 a b", "1 0 12 c f", "1 0 13 g k");
        assertEquals(
                "c@20† g@20†",
                kept(version, Set.of(20L, 11L), Merges.NO_SNAPSHOT, Merges.entries("b@20† c@20† g@20† l@20†")),
                "what stays of b@20† c@20† g@20† l@20†: 20 of level 0 is merged with the first of three tables of level 1");
    }

    @Test
    @DisplayName("in any version, for any inputs, exactly those deletions stay that something older may need")
    void anywhere() {
        Seeds.check(200, random -> {
            Version version = randomVersion(random);
            Set<Long> inputs = new HashSet<>();
            for (FileMetadata file : version.files()) {
                if (random.nextInt(3) == 0) {
                    inputs.add(file.number());
                }
            }
            inputs.add(version.files().get(0).number());
            if (random.nextBoolean()) {
                inputs.removeIf(number -> number % 5 != 0);
                inputs.add(version.files().get(version.files().size() / 2).number());
            }
            StringBuilder expected = new StringBuilder();
            NavigableMap<Slice, Slice> all = KeptEntries.none();
            for (char user = 'a'; user <= 'z'; user++) {
                Slice deletion = Blocks.deletion(String.valueOf(user), 9);
                all.put(deletion, Slice.EMPTY);
                if (Merges.mayBeOlder(version, inputs, InternalKey.userKey(deletion))) {
                    expected.append(expected.isEmpty() ? "" : " ").append(InternalKey.toString(deletion));
                }
            }
            assertEquals(
                    expected.toString(),
                    kept(version, inputs, Merges.NO_SNAPSHOT, all),
                    "what stays of deletions of a to z, if the tables " + inputs + " of " + version.runs()
                            + " are merged");
        });
    }

    /** Up to four runs on each of five levels, each of up to three tables. */
    private static Version randomVersion(Random random) {
        List<String> tables = new ArrayList<>();
        int number = 1;
        for (int level = 4; level >= 0; level--) {
            for (int run = random.nextInt(4); run >= 0; run--) {
                int first = number;
                char from = 'a';
                for (int i = level == 0 ? 1 : 1 + random.nextInt(3); i > 0 && from < 'w'; i--) {
                    char start = (char) (from + random.nextInt(5));
                    char end = (char) Math.min('z', start + random.nextInt(6));
                    tables.add(level + " " + first + " " + number + " " + start + " " + end);
                    from = (char) (end + 1);
                    number++;
                }
            }
        }
        return Merges.version(tables.toArray(String[]::new));
    }
}

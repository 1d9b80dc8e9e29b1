package storagelab.grader.hidden.lab05;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;
import storagelab.testkit.lsm.KeptEntries;

/** Entries, versions and merges in words, for the hidden tests of 5.13. */
final class Merges {
    /** A sequence that nothing is newer than: of a store without snapshots. */
    static final long NO_SNAPSHOT = 1000;

    private Merges() {}

    /** An entry as {@code a@9}, or {@code a@9†} for a deletion. */
    static Slice entry(String word) {
        int at = word.indexOf('@');
        boolean isDeletion = word.endsWith("†");
        long sequence = Long.parseLong(word.substring(at + 1, word.length() - (isDeletion ? 1 : 0)));
        String user = word.substring(0, at);
        return isDeletion ? Blocks.deletion(user, sequence) : Blocks.put(user, sequence);
    }

    /** Entries as {@code a@9 b@8†}, with values that say which they are of. */
    static NavigableMap<Slice, Slice> entries(String words) {
        NavigableMap<Slice, Slice> entries = KeptEntries.none();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            entries.put(entry(word), word.endsWith("†") ? Slice.EMPTY : Slice.utf8("value of " + word));
        }
        return entries;
    }

    /** Tables, each as {@code level run number from to}, of a version. */
    static Version version(String... tables) {
        VersionEdit edit = new VersionEdit();
        for (String table : tables) {
            String[] words = table.split(" ");
            FileMetadata file =
                    new FileMetadata(Long.parseLong(words[2]), 100, Blocks.put(words[3], 5), Blocks.put(words[4], 5));
            edit.add(Integer.parseInt(words[0]), file.inRun(Long.parseLong(words[1]), 0));
        }
        return Version.empty().with(edit);
    }

    /** A merge of these tables of a version. */
    static Compaction of(Version version, Set<Long> numbers, int outputLevel, long outputRun) {
        List<Compaction.LevelInput> inputs = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            inputs.add(new Compaction.LevelInput(
                    level,
                    version.files(level).stream()
                            .filter(file -> numbers.contains(file.number()))
                            .toList()));
        }
        return new Compaction(inputs, outputLevel, outputRun, "test");
    }

    /** Whether a table that is behind the newest input, or in its run, and is no input, has the key between its bounds. */
    static boolean mayBeOlder(Version version, Set<Long> inputs, Slice user) {
        boolean isBehind = false;
        for (SortedRun run : version.runs()) {
            for (FileMetadata file : run.files()) {
                isBehind |= inputs.contains(file.number());
            }
            for (FileMetadata file : run.files()) {
                if (isBehind && !inputs.contains(file.number()) && file.overlaps(user, user)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Entries of up to nine keys with up to six versions each, from a to i, and the key without a byte; a third of them
     * are deletions.
     */
    static NavigableMap<Slice, Slice> random(Random random) {
        List<String> words = new ArrayList<>();
        for (char user = 'a'; user <= 'i'; user++) {
            for (int i = random.nextInt(7); i > 0; i--) {
                boolean isDeletion = random.nextInt(3) == 0;
                words.add((user == 'a' ? "" : user) + "@" + (2 * random.nextInt(20) + (isDeletion ? 0 : 1))
                        + (isDeletion ? "†" : ""));
            }
        }
        return entries(String.join(" ", words));
    }

    static boolean isDeletion(Slice internalKey) {
        return InternalKey.toString(internalKey).endsWith("†");
    }
}

package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;

@Tag("5.13")
class EntryFilterTest {
    private static final long NO_SNAPSHOT = 1000;

    private static Slice put(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    private static Slice deletion(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.DELETION);
    }

    private static List<String> kept(EntryFilter filter, Slice... entries) {
        return List.of(entries).stream()
                .filter(entry -> !filter.drops(entry))
                .map(InternalKey::toString)
                .toList();
    }

    private static EntryFilter filter(Version version, List<SortedRun> runs, long oldestSnapshot) {
        return new EntryFilter(Compaction.ofRuns(runs, 1, 9, "test"), version, oldestSnapshot);
    }

    @Test
    @DisplayName("the worked example: what the oldest snapshot sees stays, with everything newer")
    void snapshot() {
        Version version = new Tables().run(1, 9, 10, 0).version();
        Slice[] entries = {put("a", 9), put("a", 6), deletion("a", 4), put("a", 2)};
        assertEquals(List.of("a@9", "a@6"), kept(filter(version, version.runs(), 7), entries));
        assertEquals(List.of("a@9"), kept(filter(version, version.runs(), NO_SNAPSHOT), entries));
        assertEquals(List.of("a@9", "a@6", "a@4†", "a@2"), kept(filter(version, version.runs(), 1), entries));
        assertEquals(List.of("a@9", "a@6"), kept(filter(version, version.runs(), 4), entries), "a@4† hides nothing");
    }

    @Test
    @DisplayName("a deletion stays as long as an older run of the same level may have the key")
    void olderRunOfTheLevel() {
        Version mayHave = new Tables()
                .run(1, 9, 10, 0)
                .run(1, 8, 10, 0)
                .part(1, 5, 10, "a", "c")
                .version();
        List<SortedRun> newest = mayHave.runs(1).subList(0, 2);
        assertEquals(
                List.of("b@20†", "z@22"),
                kept(filter(mayHave, newest, NO_SNAPSHOT), deletion("b", 20), deletion("x", 21), put("z", 22)));
        Version mayNot = new Tables()
                .run(1, 9, 10, 0)
                .run(1, 8, 10, 0)
                .part(1, 5, 10, "x", "z")
                .version();
        assertEquals(List.of(), kept(filter(mayNot, mayNot.runs(1).subList(0, 2), NO_SNAPSHOT), deletion("b", 20)));
    }

    @Test
    @DisplayName("a deletion stays as long as a deeper level may have the key, and goes when that is merged, too")
    void deeperLevel() {
        Version version = new Tables().run(1, 9, 10, 0).part(3, 0, 10, "a", "c").version();
        assertEquals(List.of("b@20†"), kept(filter(version, version.runs(1), NO_SNAPSHOT), deletion("b", 20)));
        assertEquals(List.of(), kept(filter(version, version.runs(1), NO_SNAPSHOT), deletion("d", 20)));
        assertEquals(List.of(), kept(filter(version, version.runs(), NO_SNAPSHOT), deletion("b", 20)));
    }

    @Test
    @DisplayName("runs that are newer than all inputs do not matter")
    void newerRuns() {
        Version version =
                new Tables().flushed(10, 0).run(1, 9, 10, 0).run(1, 8, 10, 0).version();
        assertEquals(List.of(), kept(filter(version, version.runs(1).subList(1, 2), NO_SNAPSHOT), deletion("b", 20)));
    }

    @Test
    @DisplayName(
            "the third example: a deletion stays if another table of an input's run, which is not merged, may have it")
    void sameRun() {
        FileMetadata first = new FileMetadata(11, 10, put("a", 3), put("b", 6));
        FileMetadata second = new FileMetadata(12, 10, put("b", 4), put("f", 2));
        FileMetadata flushed = new FileMetadata(20, 10, deletion("b", 9), deletion("b", 9)).inRun(20, 0);
        Version version = Version.empty()
                .with(new VersionEdit().add(1, first).add(1, second).add(0, flushed));
        Compaction compaction = new Compaction(
                List.of(new Compaction.LevelInput(0, List.of(flushed)), new Compaction.LevelInput(1, List.of(first))),
                1,
                0,
                "test");
        EntryFilter filter = new EntryFilter(compaction, version, NO_SNAPSHOT);
        assertEquals(List.of("a@3", "b@9†"), kept(filter, put("a", 3), deletion("b", 9), put("b", 6)));
    }
}

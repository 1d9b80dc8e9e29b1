package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.table.InternalKey;
import storagelab.table.ValueKind;

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
    @DisplayName("a deletion stays if another table of its own run, which is not merged, may have the key")
    void sameRun() {
        Version version =
                new Tables().part(1, 9, 10, "a", "b").part(1, 9, 10, "c", "f").version();
        Compaction first = new Compaction(
                List.of(new Compaction.LevelInput(1, version.files(1).subList(0, 1))), 2, 9, "test");
        EntryFilter filter = new EntryFilter(first, version, NO_SNAPSHOT);
        assertEquals(List.of("c@20†"), kept(filter, deletion("b", 20), deletion("c", 20)));
    }
}

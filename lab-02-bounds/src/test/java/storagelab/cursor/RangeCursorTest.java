package storagelab.cursor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.CursorContract;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;

class RangeCursorTest implements CursorContract {
    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        return new RangeCursor(new ListCursor(sorted), KeyRange.all());
    }

    @Test
    @DisplayName("what is outside of the range does not exist, wherever its ends are, for any walk")
    void confines() {
        Seeds.check(200, random -> {
            List<Entry> all = CursorModel.randomEntries(random, 30, 0);
            KeyRange range = randomRange(CursorModel.randomKey(random), CursorModel.randomKey(random));
            KeyRange confined = random.nextInt(4) == 0 ? KeyRange.from(range.from()) : range;
            List<Entry> inside = new ArrayList<>(all);
            inside.removeIf(entry -> !confined.contains(entry.key()));
            CursorModel.of(inside, () -> new RangeCursor(new ListCursor(all), confined))
                    .check(random);
        });
    }

    @Test
    @DisplayName("an empty range has no entries")
    void emptyRange() {
        Slice b = Slice.utf8("b");
        List<Entry> all = List.of(Entry.value(Slice.utf8("a"), b), Entry.value(b, b));
        Seeds.check(
                20,
                random -> CursorModel.of(List.of(), () -> new RangeCursor(new ListCursor(all), KeyRange.of(b, b)))
                        .check(random));
    }

    @Test
    @DisplayName("closing it closes the cursor beneath")
    void closesTheOther() {
        List<String> closed = new ArrayList<>();
        Cursor beneath = new CloseWatch(closed);
        new RangeCursor(beneath, KeyRange.all()).close();
        assertEquals(List.of("closed"), closed);
    }

    private static KeyRange randomRange(Slice one, Slice other) {
        return one.compareTo(other) <= 0 ? KeyRange.of(one, other) : KeyRange.of(other, one);
    }
}

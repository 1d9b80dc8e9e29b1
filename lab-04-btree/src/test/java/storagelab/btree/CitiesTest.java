package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.cursor.ListCursor;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.testkit.Seeds;

/**
 * The places of the world, loaded in order and put in no order. A test of the whole lab, and of no exercise: it is run by the build.
 */
class CitiesTest {
    private static final KeyRange ILE_DE_FRANCE = KeyRange.prefix(Slice.utf8("FR/11/"));
    private static final int PLACES_OF_ILE_DE_FRANCE = 687;

    @Test
    @DisplayName("135,233 places, loaded and put in no order: both trees verify and have the same content")
    void inMemory() {
        List<Entry> cities = Cities.sorted();
        assertThat("places in the file", cities.size(), is(135_233));
        MemoryPages loadedPages = new MemoryPages(4096);
        int loaded = BulkLoader.load(loadedPages, new ListCursor(cities)).root();
        MemoryPages putPages = new MemoryPages(4096);
        TreeEditor editor = new TreeEditor(putPages, PageSource.NO_PAGE, 0);
        for (Entry city : shuffled(cities)) {
            editor.apply(new WriteBatch.Put(city.key(), city.value()));
        }
        TreeShape loadedShape = TreeVerifier.verify(loadedPages, loaded);
        TreeShape putShape = TreeVerifier.verify(putPages, editor.root());
        assertEquals(135_233, loadedShape.entries(), "places in the loaded tree");
        assertEquals(135_233, putShape.entries(), "places in the tree of puts");
        assertThat("fill of the leaves of the loaded tree", loadedShape.leafFill(4096), greaterThan(0.95));
        assertThat("and of those of the tree of puts", putShape.leafFill(4096), lessThan(0.9));
        assertTrue(TreeWalk.entries(loadedPages, loaded).equals(cities), "the loaded tree has other places");
        assertTrue(TreeWalk.entries(putPages, editor.root()).equals(cities), "the tree of puts has other places");
    }

    @Test
    @DisplayName("two stores, one loaded, one filled by puts: opened again, both verify, scan alike, and know FR/11")
    void stores() {
        List<Entry> cities = Cities.sorted();
        Path directory = CrashDisk.create().root();
        Path loaded = directory.resolve("loaded");
        try (BTreeStore store = BTreeStore.open(loaded, BTreeOptions.defaults())) {
            assertEquals(135_233, store.bulkLoad(new ListCursor(cities)), "places that were loaded");
            store.verify();
            long bytes = cities.stream()
                    .mapToLong(city -> city.key().length() + city.value().length())
                    .sum();
            double amplification = (double) store.stats().get(FileMetrics.BYTES_WRITTEN) / bytes;
            assertThat("bytes written for each byte loaded", amplification, lessThan(1.3));
        }
        Path put = directory.resolve("put");
        try (BTreeStore store = BTreeStore.open(put, BTreeOptions.defaults())) {
            WriteBatch batch = new WriteBatch();
            for (Entry city : shuffled(cities)) {
                batch.put(city.key(), city.value());
                if (batch.operations().size() == 1000) {
                    store.write(batch, Durability.BUFFERED);
                    batch = new WriteBatch();
                }
            }
            store.write(batch, Durability.SYNCED);
            store.verify();
        }
        for (Path path : List.of(loaded, put)) {
            try (BTreeStore store = BTreeStore.open(path, BTreeOptions.defaults())) {
                assertEquals(135_233, store.verify().entries(), "places in " + path);
                assertScans(cities, store.cursor(KeyRange.all()), path.toString());
                assertIleDeFrance(store.cursor(ILE_DE_FRANCE), path.toString());
            }
        }
    }

    private static void assertScans(List<Entry> cities, Cursor cursor, String what) {
        int count = 0;
        try (cursor) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Entry expected = cities.get(count);
                assertTrue(expected.key().equals(cursor.key()), what + ": " + cursor.key() + " at place " + count);
                assertTrue(expected.value().equals(cursor.value()), what + ": the value of " + cursor.key());
                count++;
            }
            assertEquals(cities.size(), count, "places in a scan of " + what);
        }
    }

    private static void assertIleDeFrance(Cursor range, String what) {
        List<String> names = new ArrayList<>();
        try (range) {
            for (range.seekToFirst(); range.isValid(); range.next()) {
                names.add(range.value().toUtf8().split("\t")[0]);
            }
        }
        assertEquals(PLACES_OF_ILE_DE_FRANCE, names.size(), "places in the range FR/11/ of " + what);
        assertThat("names of places of FR/11", names, hasItem("Paris"));
    }

    private static List<Entry> shuffled(List<Entry> cities) {
        List<Entry> shuffled = new ArrayList<>(cities);
        Collections.shuffle(shuffled, new Random(Seeds.base()));
        return shuffled;
    }
}

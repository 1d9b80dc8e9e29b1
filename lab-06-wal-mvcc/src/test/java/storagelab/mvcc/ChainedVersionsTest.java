package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.MapEngine;
import storagelab.testkit.kv.ViewModel;

@Tag("6.7")
class ChainedVersionsTest {
    private final MapEngine engine = new MapEngine();
    private final ChainedVersions versions = ChainedVersions.keepingAll(engine);

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private static @Nullable String valueAt(VersionChain chain, long sequence) {
        VersionChain version = chain.at(sequence);
        return version == null ? null : String.valueOf(version.value());
    }

    @Test
    @DisplayName("the worked example of a chain: (20, b), (10, a)")
    void chainExample() {
        VersionChain chain = new VersionChain(20, utf8("b"), new VersionChain(10, utf8("a"), null));
        assertThat("at 9", valueAt(chain, 9), is("a"));
        assertThat("at 10", valueAt(chain, 10), is("b"));
        assertThat("at 19", valueAt(chain, 19), is("b"));
        assertThat("at 20", valueAt(chain, 20), is(nullValue()));
    }

    @Test
    @DisplayName("the worked example of a batch: a view at 7 reads a, a later one reads b")
    void batchExample() {
        versions.publish(1, new WriteBatch().put(utf8("k"), utf8("a")));
        versions.publish(2, new WriteBatch().put(utf8("other"), utf8("1")));
        try (EngineSnapshot before = versions.view()) {
            versions.publish(3, new WriteBatch().put(utf8("k"), utf8("b")).put(utf8("new"), utf8("1")));
            try (EngineSnapshot after = versions.view()) {
                assertThat("sequence of the first view", before.sequence(), is(2L));
                assertThat("sequence of the second view", after.sequence(), is(4L));
                assertThat("k in the first view", before.get(utf8("k")), is(Optional.of(utf8("a"))));
                assertThat("k in the second view", after.get(utf8("k")), is(Optional.of(utf8("b"))));
                assertThat("new in the first view", before.get(utf8("new")), is(Optional.empty()));
                assertThat("versions that are kept", versions.versions(), is(2L));
                assertThat("entries of the first view", entries(before), is(List.of("k=a", "other=1")));
                assertThat("entries of the second view", entries(after), is(List.of("k=b", "new=1", "other=1")));
            }
        }
    }

    private static List<String> entries(EngineSnapshot view) {
        List<String> entries = new ArrayList<>();
        try (Cursor cursor = view.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.add(cursor.key() + "=" + cursor.value());
            }
        }
        return entries;
    }

    @Test
    @DisplayName("views of many moments each show theirs, by gets and by cursors in both directions")
    void model() {
        Seeds.check(10, random -> {
            VersionedEngine chained = ChainedVersions.keepingAll(new MapEngine());
            ViewModel.check(chained, random, 150);
        });
    }

    @Test
    @DisplayName("without a view, a put reads no old value and leaves no version")
    void nothingIsKeptWithoutAView() {
        for (int i = 1; i <= 100; i++) {
            versions.publish(i, new WriteBatch().put(utf8("k" + i % 7), utf8("" + i)));
        }
        assertThat("versions", versions.versions(), is(0L));
        assertThat("gets of the engine", engine.gets(), is(0L));
    }

    @Test
    @DisplayName("a closed view can be closed again, and otherwise throws")
    void closed() {
        EngineSnapshot view = versions.view();
        view.close();
        view.close();
        assertThrows(IllegalStateException.class, () -> view.get(utf8("k")));
        assertThrows(IllegalStateException.class, () -> view.cursor(KeyRange.all()));
        assertThat("views that are open", versions.watermark().views(), is(0));
    }
}

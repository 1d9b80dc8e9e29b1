package storagelab.mvcc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.EngineSnapshot;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.MapEngine;
import storagelab.testkit.kv.ViewModel;

@Tag("6.10")
class VersionCollectorTest {
    private final ChainedVersions versions = new ChainedVersions(new MapEngine());

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    /** Values that were replaced at these sequences, the newest first. */
    private static @Nullable VersionChain chain(long... replacedAt) {
        VersionChain chain = null;
        for (int i = replacedAt.length - 1; i >= 0; i--) {
            chain = new VersionChain(replacedAt[i], utf8("v" + replacedAt[i]), chain);
        }
        return chain;
    }

    private static List<Long> sequences(@Nullable VersionChain chain) {
        List<Long> sequences = new ArrayList<>();
        for (VersionChain next = chain; next != null; next = next.older()) {
            sequences.add(next.replacedAt());
        }
        return sequences;
    }

    @Test
    @DisplayName("the worked example of neededBy: views at 12 and 25")
    void neededExample() {
        long[] visible = {12};
        Watermark watermark = new Watermark(() -> visible[0]);
        watermark.hold();
        visible[0] = 25;
        watermark.hold();
        VersionChain chain = chain(30, 20, 15, 10);
        assertThat(sequences(chain == null ? null : chain.neededBy(watermark)), is(List.of(30L, 15L)));
    }

    @Test
    @DisplayName("the worked example of above: what was replaced after 15")
    void aboveExample() {
        VersionChain chain = chain(30, 20, 15);
        assertThat(sequences(chain == null ? null : chain.above(15)), is(List.of(30L, 20L)));
    }

    @Test
    @DisplayName("a key has at most one version more than there are views, however often it is written")
    void versionsAreBounded() {
        long sequence = 1;
        EngineSnapshot old = versions.view();
        for (int i = 0; i < 1_000; i++) {
            try (EngineSnapshot brief = versions.view()) {
                versions.publish(sequence++, new WriteBatch().put(utf8("k"), utf8("" + i)));
                assertThat("versions", versions.versions(), is(lessThanOrEqualTo(3L)));
                assertThat(brief.get(utf8("k")).isPresent(), is(i > 0));
            }
        }
        assertThat(old.get(utf8("k")), is(Optional.empty()));
        old.close();
        assertThat("versions without a view", versions.versions(), is(0L));
        assertThat("bytes of them", versions.versionBytes(), is(0L));
    }

    @Test
    @DisplayName("the worked example of collect: the view at 5 is closed, and what was replaced at 6 and 8 goes")
    void collectExample() {
        for (int i = 1; i <= 5; i++) {
            versions.publish(i, new WriteBatch().put(utf8("k" + i), utf8("old")));
        }
        EngineSnapshot atFive = versions.view();
        for (int i = 6; i <= 9; i++) {
            versions.publish(i, new WriteBatch().put(utf8(i == 6 ? "k1" : i == 8 ? "k2" : "new" + i), utf8("new")));
        }
        EngineSnapshot atNine = versions.view();
        versions.publish(10, new WriteBatch().put(utf8("k1"), utf8("newer")));
        assertThat("versions with views at 5 and 9", versions.versions(), is(5L));
        atFive.close();
        assertThat("versions with a view at 9", versions.versions(), is(1L));
        assertThat(atNine.get(utf8("k1")), is(Optional.of(utf8("new"))));
        atNine.close();
        assertThat("versions without a view", versions.versions(), is(0L));
    }

    @Test
    @DisplayName("views show their moments while versions are collected, and nothing is left when they are closed")
    void model() {
        Seeds.check(10, random -> {
            ChainedVersions collected = new ChainedVersions(new MapEngine());
            ViewModel.check(collected, random, 150);
            assertThat("versions when no view is open", collected.versions(), is(0L));
        });
    }
}

package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.archive.ArchiveIndex;
import storagelab.archive.ArchiveObject;
import storagelab.testkit.CountingList;
import storagelab.testkit.Seeds;

/** Exercise 7.8: which objects may have a key, and which are rewritten together. */
@Tag("7.8")
class ArchiveIndexHiddenTest {
    private static final ArchiveObject A_F = object(1, 5, "a", "f");
    private static final ArchiveObject K_P = object(2, 5, "k", "p");
    private static final ArchiveObject C_D = object(3, 8, "c", "d");
    private static final ArchiveObject M_X = object(4, 9, "m", "x");
    private static final ArchiveObject B_N = object(5, 9, "b", "e");
    private static final ArchiveIndex INDEX = new ArchiveIndex(7, 9, 6, List.of(C_D, M_X), List.of(K_P, A_F));

    private static ArchiveObject object(long number, long sequence, String smallest, String largest) {
        return object(number, sequence, 1_000, smallest, largest);
    }

    private static ArchiveObject object(long number, long sequence, long bytes, String smallest, String largest) {
        return new ArchiveObject(
                number, (int) number, bytes, bytes - 1, sequence, Slice.utf8(smallest), Slice.utf8(largest));
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    @Test
    @DisplayName("a key is looked for in the recent objects that may have it, the newest first, and then in the base")
    void covering() {
        ArchiveIndex index = new ArchiveIndex(7, 9, 6, List.of(C_D, B_N), List.of(K_P, A_F));
        assertThat(index.covering(utf8("c")), is(List.of(B_N, C_D, A_F)));
        assertThat(index.covering(utf8("d")), is(List.of(B_N, C_D, A_F)));
        assertThat(index.covering(utf8("b")), is(List.of(B_N, A_F)));
        assertThat(index.covering(utf8("a")), is(List.of(A_F)));
        assertThat(index.covering(utf8("f")), is(List.of(A_F)));
        assertThat(index.covering(utf8("k")), is(List.of(K_P)));
        assertThat(index.covering(utf8("p")), is(List.of(K_P)));
        assertThat("before all", index.covering(utf8("A")), is(List.of()));
        assertThat("in a gap", index.covering(utf8("h")), is(List.of()));
        assertThat("after all", index.covering(utf8("pp")), is(List.of()));
        assertThat("of nothing", ArchiveIndex.EMPTY.covering(utf8("a")), is(List.of()));
    }

    @Test
    @DisplayName("find gives the first object that does not end before a key, with logarithmic work")
    void find() {
        List<ArchiveObject> sorted = List.of(A_F, K_P);
        assertThat(ArchiveIndex.find(sorted, utf8("e")), is(0));
        assertThat(ArchiveIndex.find(sorted, utf8("f")), is(0));
        assertThat(ArchiveIndex.find(sorted, utf8("g")), is(1));
        assertThat(ArchiveIndex.find(sorted, utf8("m")), is(1));
        assertThat(ArchiveIndex.find(sorted, utf8("q")), is(2));
        assertThat(ArchiveIndex.find(List.of(), utf8("q")), is(0));
        List<ArchiveObject> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(object(i, 1, "%04da".formatted(i), "%04dm".formatted(i)));
        }
        CountingList<ArchiveObject> counted = new CountingList<>(many);
        for (int i = 0; i < 1_000; i++) {
            counted.reset();
            assertThat(ArchiveIndex.find(counted, utf8("%04dm".formatted(i))), is(i));
            assertThat("objects that were looked at", counted.probes(), is(lessThanOrEqualTo(10L)));
            assertThat(ArchiveIndex.find(counted, utf8("%04dn".formatted(i))), is(i + 1));
        }
    }

    @Test
    @DisplayName(
            "what overlaps is one group, directly or through others, and so are neighbours that are small together")
    void groups() {
        assertThat(INDEX.groups(1_500), is(List.of(List.of(A_F, C_D), List.of(K_P, M_X))));
        assertThat(INDEX.groups(4_000), is(List.of(List.of(A_F, C_D, K_P, M_X))));
        ArchiveIndex apart = new ArchiveIndex(1, 9, 6, List.of(), List.of(A_F, K_P));
        assertThat(apart.groups(1_999), is(List.of(List.of(A_F), List.of(K_P))));
        assertThat(apart.groups(2_000), is(List.of(List.of(A_F, K_P))));
        assertThat(ArchiveIndex.EMPTY.groups(10), is(List.of()));
        ArchiveObject wide = object(7, 9, "a", "z"); // overlaps with objects that do not overlap with each other
        ArchiveObject last = object(9, 5, "r", "s");
        ArchiveIndex through = new ArchiveIndex(1, 9, 10, List.of(wide), List.of(A_F, K_P, last));
        assertThat(through.groups(1), is(List.of(List.of(A_F, wide, K_P, last))));
        ArchiveObject first = object(10, 5, 1_500, "a", "b");
        ArchiveObject second = object(11, 5, 1_500, "c", "d");
        ArchiveObject small = object(12, 5, 500, "e", "f");
        ArchiveIndex sizes = new ArchiveIndex(1, 9, 13, List.of(), List.of(first, second, small));
        assertThat(sizes.groups(2_000), is(List.of(List.of(first), List.of(second, small))));
        ArchiveIndex three = new ArchiveIndex(1, 9, 14, List.of(), List.of(A_F, object(14, 5, 900, "g", "h"), K_P));
        assertThat("of three, two are small together", three.groups(2_000).size(), is(2));
        ArchiveObject touching = object(8, 9, "f", "h");
        ArchiveIndex touches = new ArchiveIndex(1, 9, 9, List.of(touching), List.of(A_F));
        assertThat("one key in common", touches.groups(1), is(List.of(List.of(A_F, touching))));
    }

    @Test
    @DisplayName("groups have every object once, and never overlap with each other")
    void groupsDoNotOverlap() {
        Seeds.check(200, random -> {
            List<ArchiveObject> recent = new ArrayList<>();
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                int from = random.nextInt(60);
                recent.add(object(
                        i + 1,
                        i + 1,
                        100 + random.nextInt(500),
                        "%02d".formatted(from),
                        "%02d".formatted(from + random.nextInt(9))));
            }
            ArchiveIndex index = new ArchiveIndex(1, 100, 100, recent, List.of());
            List<List<ArchiveObject>> groups = index.groups(700);
            Set<ArchiveObject> seen = new HashSet<>();
            Slice end = null;
            for (List<ArchiveObject> group : groups) {
                for (ArchiveObject one : group) {
                    assertThat("seen once: " + one, seen.add(one), is(true));
                    if (end != null) {
                        assertThat(one + " begins after " + end, one.smallest().compareTo(end) > 0, is(true));
                    }
                }
                end = group.stream()
                        .map(ArchiveObject::largest)
                        .max(Slice::compareTo)
                        .orElseThrow();
            }
            assertThat("objects in groups", seen.size(), is(count));
        });
    }

    @Test
    @DisplayName("the next index has what was written, in order; numbers never come again")
    void next() {
        ArchiveObject merged = object(9, 9, "a", "f");
        ArchiveIndex next = INDEX.with(Set.of(A_F, C_D), List.of(), List.of(merged));
        assertThat(next, is(new ArchiveIndex(8, 9, 10, List.of(M_X), List.of(merged, K_P))));
        next.verify();
        ArchiveObject part = object(10, 8, "c", "c");
        assertThat(
                INDEX.with(Set.of(C_D), List.of(part), List.of()),
                is(new ArchiveIndex(8, 9, 11, List.of(M_X, part), List.of(A_F, K_P))));
        ArchiveObject written = object(9, 12, "b", "c");
        assertThat(
                INDEX.withRecent(List.of(written), 12),
                is(new ArchiveIndex(8, 12, 10, List.of(written, M_X, C_D), List.of(A_F, K_P))));
        assertThat(
                "without objects",
                INDEX.with(Set.of(A_F, K_P, C_D, M_X), List.of(), List.of()),
                is(new ArchiveIndex(8, 9, 6, List.of(), List.of())));
        assertThat(
                "operations that left nothing",
                INDEX.withRecent(List.of(), 20),
                is(new ArchiveIndex(8, 20, 6, List.of(C_D, M_X), List.of(A_F, K_P))));
    }
}

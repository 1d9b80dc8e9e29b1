package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.TreeByHand;

@Tag("4.7")
class TreeSearchTest {
    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    @Test
    @DisplayName("the worked example: two pages are read for a key that is there, and for one that is not")
    void example() {
        MemoryPages pages = new MemoryPages(1024);
        pages.add(PageLayout.LEAF);
        int left = TreeByHand.leaf(pages, ImmutableSortedMap.of(text("a"), text("1"), text("c"), text("2")));
        int right = TreeByHand.leaf(pages, ImmutableSortedMap.of(text("m"), text("3")));
        int root = TreeByHand.branch(pages, List.of(text("m")), List.of(left, right));
        assertThat("the pages", List.of(left, right, root), is(List.of(3, 4, 5)));
        assertThat("m", payload(pages, root, text("m"), 2), is(text("3")));
        assertThat("b", payload(pages, root, text("b"), 2), is(nullValue()));
        assertThat("c", payload(pages, root, text("c"), 2), is(text("2")));
        assertThat("z", payload(pages, root, text("z"), 2), is(nullValue()));
        assertThat("a, in a tree of one leaf", payload(pages, left, text("a"), 1), is(text("1")));
        assertThat("a, in no tree", payload(pages, PageSource.NO_PAGE, text("a"), 0), is(nullValue()));
    }

    private static @Nullable Slice payload(MemoryPages pages, int root, Slice key, int reads) {
        long before = pages.reads();
        Slice payload = TreeSearch.payload(pages, root, key);
        assertThat("pages read for " + key, pages.reads() - before, is((long) reads));
        return payload;
    }

    @Test
    @DisplayName("a separator leads to its right: the child index is the number of separators that are not greater")
    void childIndex() {
        MemoryPages pages = new MemoryPages(1024);
        BranchNode branch =
                new BranchNode(pages.read(TreeByHand.branch(pages, List.of(text("f"), text("m")), List.of(7, 4, 9))));
        String keys = "a ezz f fa g lz m ma z";
        String expected = "0 0 1 1 1 1 2 2 2";
        StringBuilder found = new StringBuilder();
        for (String key : keys.split(" ")) {
            found.append(' ').append(branch.childIndex(text(key)));
        }
        assertThat("child indexes of " + keys, found.substring(1), is(expected));
        assertThat("child index of the empty key", branch.childIndex(Slice.EMPTY), is(0));
        assertThat("child index of 0xff", branch.childIndex(Slice.copyOf((byte) 0xff)), is(2));
    }

    @Test
    @DisplayName("every key of a random tree is found, no other, and one page is read on each level")
    void everyKey() {
        Seeds.check(20, random -> {
            MemoryPages pages = new MemoryPages(1024);
            TreeMap<Slice, Slice> right = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                right.put(Slice.utf8("k" + random.nextInt(600)), Slice.utf8("v" + i));
            }
            int root = TreeByHand.tree(pages, right, 2 + random.nextInt(8), random);
            int depth = 1;
            for (byte[] page = pages.read(root); PageLayout.kind(page) == PageLayout.BRANCH; depth++) {
                page = pages.read(new BranchNode(page).child(0));
            }
            for (int i = 0; i < 600; i++) {
                Slice key = Slice.utf8("k" + i);
                assertThat("payload of " + key, payload(pages, root, key, depth), is(right.get(key)));
            }
        });
    }
}

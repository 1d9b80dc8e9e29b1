package storagelab.tree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("3.4")
class PathCopyingTreeTest {
    private static PathCopyingTree<Integer, String> of(int... keys) {
        PathCopyingTree<Integer, String> tree = PathCopyingTree.empty(Comparator.naturalOrder());
        for (int key : keys) {
            tree = tree.with(key, "v" + key);
        }
        return tree;
    }

    @Test
    @DisplayName("a new version has the change, and the old one has not")
    void versions() {
        PathCopyingTree<Integer, String> old = of(1, 2, 3);
        PathCopyingTree<Integer, String> changed = old.with(2, "b").without(1).with(4, "d");
        assertThat("get(2) of the old version", old.get(2), is("v2"));
        assertThat("get(1) of the old version", old.get(1), is("v1"));
        assertThat("get(4) of the old version", old.get(4), is(nullValue()));
        assertThat("size() of the old version", old.size(), is(3));
        assertThat("get(2) of the new version", changed.get(2), is("b"));
        assertThat("get(1) of the new version", changed.get(1), is(nullValue()));
        assertThat("get(4) of the new version", changed.get(4), is("d"));
        changed.verify();
        assertThat("without(9) of a version that has no 9", old.without(9), is(sameInstance(old)));
    }

    @Test
    @DisplayName("a change makes a handful of new nodes and shares the others")
    void sharing() {
        PathCopyingTree<Integer, String> old = of();
        for (int key = 0; key < 1023; key++) {
            old = old.with(key, "v");
        }
        PathCopyingTree<Integer, String> changed = old.with(500, "new");
        assertThat(
                "new nodes for one change among 1,023 entries",
                newNodes(changed.root(), old.root()),
                is(lessThanOrEqualTo(44)));
    }

    @Test
    @DisplayName("every version of a random history still says what it said")
    void history() {
        Seeds.check(10, random -> {
            List<PathCopyingTree<Integer, String>> versions = new ArrayList<>(List.of(of()));
            List<TreeMap<Integer, String>> right = new ArrayList<>(List.of(new TreeMap<>()));
            List<String> calls = new ArrayList<>(List.of("empty"));
            for (int i = 0; i < 300; i++) {
                PathCopyingTree<Integer, String> newest = versions.get(i);
                TreeMap<Integer, String> map = new TreeMap<>(right.get(i));
                int key = random.nextInt(60);
                if (random.nextInt(3) < 2) {
                    calls.add("with(" + key + ", v" + i + ")");
                    versions.add(newest.with(key, "v" + i));
                    map.put(key, "v" + i);
                } else {
                    calls.add("without(" + key + ")");
                    versions.add(newest.without(key));
                    map.remove(key);
                }
                right.add(map);
            }
            for (int i = 0; i < versions.size(); i++) {
                versions.get(i).verify();
                // Says "not equal: only on left={5=v5}" if the tree has 5 and should not.
                assertThat(
                        "version " + i + ", made from the one before by " + calls.get(i),
                        Maps.difference(entries(versions.get(i)), right.get(i)).toString(),
                        is("equal"));
            }
        });
    }

    private static Map<Integer, String> entries(PathCopyingTree<Integer, String> tree) {
        Map<Integer, String> entries = new TreeMap<>();
        addEntries(tree.root(), entries);
        return entries;
    }

    private static void addEntries(@Nullable TreeNode<Integer, String> node, Map<Integer, String> entries) {
        if (node != null) {
            addEntries(node.left(), entries);
            entries.put(node.key(), node.value());
            addEntries(node.right(), entries);
        }
    }

    private static int newNodes(@Nullable TreeNode<?, ?> root, @Nullable TreeNode<?, ?> oldRoot) {
        IdentityHashMap<TreeNode<?, ?>, Boolean> old = new IdentityHashMap<>();
        collect(oldRoot, old);
        IdentityHashMap<TreeNode<?, ?>, Boolean> now = new IdentityHashMap<>();
        collect(root, now);
        now.keySet().removeAll(old.keySet());
        return now.size();
    }

    private static void collect(@Nullable TreeNode<?, ?> node, IdentityHashMap<TreeNode<?, ?>, Boolean> nodes) {
        if (node != null) {
            nodes.put(node, true);
            collect(node.left(), nodes);
            collect(node.right(), nodes);
        }
    }
}

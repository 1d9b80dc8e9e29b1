package storagelab.grader.hidden.lab03;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.tree.PathCopyingTree;
import storagelab.tree.TreeNode;
import storagelab.tree.TreeShape;

/** Exercise 3.4: versions that stay as they were, and share what did not change. */
@Tag("3.4")
class PathCopyingTreeHiddenTest {
    private static final Comparator<Integer> ORDER = Comparator.naturalOrder();

    @SuppressWarnings("NullAway") // what must be refused has to be passed first
    private static final String NOTHING = null;

    private static final String SHARE = "share every subtree that does not change, and keep the tree balanced";

    /** A version that threads hand over without any synchronisation. */
    private static final class PlainField {
        private PathCopyingTree<Integer, String> newest = PathCopyingTree.empty(ORDER);
    }

    @Test
    @DisplayName("a fork: two versions made from the same one know nothing of each other")
    void fork() {
        PathCopyingTree<Integer, String> base = ascending(100);
        PathCopyingTree<Integer, String> left = base;
        PathCopyingTree<Integer, String> right = base;
        for (int key = 0; key < 100; key++) {
            left = left.with(key, "left");
            right = right.without(99 - key);
        }
        same(model(100, "left"), left, "the version in which every key was put again");
        same(new TreeMap<>(), right, "the version in which every key was deleted");
        same(model(100, "v"), base, "the version that both were made from");
    }

    @Test
    @DisplayName("a change makes at most 4·log2(n + 1) + 4 new nodes: ascending, descending and random keys")
    void newNodesOfPuts() {
        int count = 5000;
        Random random = new Random(3);
        for (String kind : List.of("ascending", "descending", "random")) {
            PathCopyingTree<Integer, String> tree = PathCopyingTree.empty(ORDER);
            for (int i = 0; i < count; i++) {
                int key = kind.equals("ascending") ? i : kind.equals("descending") ? -i : random.nextInt();
                PathCopyingTree<Integer, String> next = tree.with(key, "v");
                fewNewNodes(tree, next, "with(" + key + ") among " + tree.size() + " " + kind + " keys");
                tree = next;
            }
            TreeShape.verify(tree.root(), ORDER, tree.size());
        }
    }

    @Test
    @DisplayName("puts beside the deepest key make as few: left of it, right of it, left and right in turn")
    void newNodesWhereItIsDeepest() {
        for (int sides = 0; sides < 3; sides++) {
            PathCopyingTree<Long, String> tree = PathCopyingTree.empty(Comparator.naturalOrder());
            for (long i = 1; i <= 16; i++) {
                tree = tree.with(i << 58, "v");
            }
            for (int i = 0; i < 250; i++) {
                boolean left = sides == 0 || (sides == 2 && i % 2 == 0);
                long key = BalanceAdversaryHiddenTest.besideTheDeepest(tree.root(), left);
                PathCopyingTree<Long, String> next = tree.with(key, "v");
                fewNewNodes(tree, next, "with a key beside the deepest one, " + tree.size() + " entries");
                tree = next;
            }
        }
    }

    @Test
    @DisplayName("deletes make as few, while the tree shrinks from the left, from the right and at random")
    void newNodesOfDeletes() {
        int count = 3000;
        for (String kind : List.of("from the left", "from the right", "at random")) {
            PathCopyingTree<Integer, String> tree = ascending(count);
            for (int i = 0; i < count; i++) {
                int key = kind.equals("from the left")
                        ? i
                        : kind.equals("from the right") ? count - 1 - i : i * 7 % 3001 % count;
                PathCopyingTree<Integer, String> next = tree.without(key);
                fewNewNodes(tree, next, "without(" + key + "), deleting " + kind + ", " + tree.size() + " entries");
                tree = next;
            }
        }
    }

    @Test
    @DisplayName("a put over a key makes new nodes on the way to it only, and only one side of the root is new")
    void overwriting() {
        PathCopyingTree<Integer, String> tree = ascending(1000);
        for (int key = 0; key < 1000; key++) {
            PathCopyingTree<Integer, String> next = tree.with(key, "new");
            assertThat(
                    "new nodes of with(" + key + "), which is there, in a tree " + TreeShape.height(tree.root())
                            + " high",
                    newNodes(tree, next),
                    atMost(TreeShape.height(tree.root()), "new nodes", "copy the way down, nothing else"));
            assertEquals(Optional.of("new"), Optional.ofNullable(next.get(key)), "get(" + key + ") of the new version");
            assertEquals(Optional.of("v"), Optional.ofNullable(tree.get(key)), "get(" + key + ") of the old version");
            assertEquals(1000, next.size(), "size() after a put over a key that is there");
        }
    }

    @Test
    @DisplayName("a delete of a key that is not there makes no new node, and gives the same version")
    void nothingToDelete() {
        PathCopyingTree<Integer, String> tree = ascending(100).without(50);
        for (int key : new int[] {-1, 50, 100, 1000}) {
            assertTrue(tree.without(key) == tree, "without(" + key + "), which is not there, is another version");
        }
        PathCopyingTree<Integer, String> empty = PathCopyingTree.empty(ORDER);
        assertTrue(empty.without(1) == empty, "without(1) of the empty version is another version");
    }

    @Test
    @DisplayName("every field of a version and of its nodes is final")
    void finalFields() {
        PathCopyingTree<Integer, String> tree = ascending(20).without(3).with(7, "w");
        Deque<TreeNode<?, ?>> waiting = new ArrayDeque<>();
        fieldsAreFinal(tree.getClass());
        if (tree.root() != null) {
            waiting.push(tree.root());
        }
        while (!waiting.isEmpty()) {
            TreeNode<?, ?> node = waiting.pop();
            fieldsAreFinal(node.getClass());
            Optional.ofNullable(node.left()).ifPresent(waiting::push);
            Optional.ofNullable(node.right()).ifPresent(waiting::push);
        }
    }

    @Test
    @DisplayName(
            "readers that get versions through a plain field see each of them whole, while a writer makes new ones")
    void plainField() throws InterruptedException {
        PlainField field = new PlainField();
        int versions = 20_000;
        int keys = 64;
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                PathCopyingTree<Integer, String> tree = field.newest;
                for (int i = 0; i < versions; i++) {
                    tree = tree.with(i % keys, "v" + i);
                    field.newest = tree;
                }
            });
            crew.start(2, "reader", () -> {
                for (int i = 0; i < 4_000; i++) {
                    wholeVersion(field.newest, keys);
                }
            });
            crew.join();
        }
        wholeVersion(field.newest, keys);
    }

    @Test
    @DisplayName("get compares once a level at most, with and without twice")
    void comparisons() {
        CountingOrder<Integer> order = new CountingOrder<>();
        PathCopyingTree<Integer, String> tree = PathCopyingTree.empty(order);
        for (int key = 0; key < 2000; key++) {
            tree = tree.with(2 * key, "v");
        }
        int height = TreeShape.height(tree.root());
        for (int key = -1; key < 4001; key += 13) {
            order.reset();
            tree.get(key);
            assertThat("get(" + key + ")", order.comparisons(), atMost(height, "comparisons", "go one way down"));
            order.reset();
            tree.with(key, "w");
            assertThat(
                    "with(" + key + ")", order.comparisons(), atMost(2L * height, "comparisons", "go two ways down"));
            order.reset();
            tree.without(key);
            assertThat(
                    "without(" + key + ")",
                    order.comparisons(),
                    atMost(2L * height, "comparisons", "go two ways down"));
        }
    }

    @Test
    @DisplayName("every node counts what is below it, in every version")
    void counts() {
        Seeds.check(10, random -> {
            List<PathCopyingTree<Integer, String>> versions = new ArrayList<>(List.of(PathCopyingTree.empty(ORDER)));
            List<NavigableMap<Integer, String>> right = new ArrayList<>(List.of(new TreeMap<>()));
            for (int i = 0; i < 200; i++) {
                change(random, 40, versions, right);
                TreeShape.verifyCounts(versions.get(i + 1).root());
                assertEquals(right.get(i + 1).size(), versions.get(i + 1).size(), "size() of version " + (i + 1));
            }
        });
    }

    @Test
    @DisplayName("the comparator alone decides which keys are the same, and null is refused")
    void keys() {
        PathCopyingTree<String, String> tree = PathCopyingTree.<String, String>empty(String.CASE_INSENSITIVE_ORDER)
                .with("apple", "1")
                .with("Cherry", "2")
                .with("APPLE", "3");
        assertTrue(
                tree.comparator() == String.CASE_INSENSITIVE_ORDER, "comparator() is another than empty() was given");
        assertEquals(2, tree.size(), "size() of apple, Cherry and APPLE, ignoring case");
        assertEquals(Optional.of("3"), Optional.ofNullable(tree.get("aPPle")), "get(aPPle)");
        assertEquals(1, tree.without("CHERRY").size(), "size() without CHERRY");
        assertThrows(NullPointerException.class, () -> tree.with("a", NOTHING), "with(a, null)");
        for (PathCopyingTree<String, String> any :
                List.of(tree, PathCopyingTree.<String, String>empty(String.CASE_INSENSITIVE_ORDER))) {
            String input = " of a version of " + any.size() + " entries";
            assertThrows(NullPointerException.class, () -> any.get(NOTHING), "get(null)" + input);
            assertThrows(NullPointerException.class, () -> any.with(NOTHING, "v"), "with(null, v)" + input);
            assertThrows(NullPointerException.class, () -> any.without(NOTHING), "without(null)" + input);
        }
    }

    private static void change(
            Random random,
            int keys,
            List<PathCopyingTree<Integer, String>> versions,
            List<NavigableMap<Integer, String>> right) {
        int newest = versions.size() - 1;
        NavigableMap<Integer, String> map = new TreeMap<>(right.get(newest));
        int key = random.nextInt(keys);
        if (random.nextInt(5) < 3) {
            versions.add(versions.get(newest).with(key, "v" + newest));
            map.put(key, "v" + newest);
        } else {
            versions.add(versions.get(newest).without(key));
            map.remove(key);
        }
        right.add(map);
    }

    private static PathCopyingTree<Integer, String> ascending(int count) {
        PathCopyingTree<Integer, String> tree = PathCopyingTree.empty(ORDER);
        for (int key = 0; key < count; key++) {
            tree = tree.with(key, "v");
        }
        return tree;
    }

    private static NavigableMap<Integer, String> model(int count, String value) {
        NavigableMap<Integer, String> model = new TreeMap<>();
        for (int key = 0; key < count; key++) {
            model.put(key, value);
        }
        return model;
    }

    private static void same(NavigableMap<Integer, String> right, PathCopyingTree<Integer, String> tree, String which) {
        try {
            TreeShape.verify(tree.root(), ORDER, tree.size());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " in " + which, e);
        }
        assertEquals(right.size(), tree.size(), "size() of " + which);
        for (Map.Entry<Integer, String> entry : right.entrySet()) {
            assertEquals(
                    Optional.of(entry.getValue()),
                    Optional.ofNullable(tree.get(entry.getKey())),
                    "get(" + entry.getKey() + ") of " + which);
        }
    }

    /** The writer puts key i % keys with value "v" + i: what a version has must be a run of consecutive numbers. */
    private static void wholeVersion(PathCopyingTree<Integer, String> tree, int keys) {
        int newest = -1;
        int size = tree.size();
        for (int key = 0; key < size; key++) {
            String value = tree.get(key);
            if (value == null) {
                throw new AssertionError("a version of " + size + " entries has no key " + key);
            }
            newest = Math.max(newest, Integer.parseInt(value.substring(1)));
        }
        for (int back = 0; back < Math.min(size, keys); back++) {
            int number = newest - back;
            assertEquals(
                    Optional.of("v" + number),
                    Optional.ofNullable(tree.get(number % keys)),
                    "key " + number % keys + " of the version in which v" + newest + " is the newest value");
        }
    }

    private static <K> void fewNewNodes(
            PathCopyingTree<K, String> before, PathCopyingTree<K, String> after, String change) {
        long limit = (long) (4 * Math.log(before.size() + 1.0) / Math.log(2)) + 4;
        long count = newNodes(before, after);
        if (count > limit) {
            assertThat(change, count, atMost(limit, "new nodes", SHARE));
        }
    }

    /** Nodes of {@code after} that are no nodes of {@code before}. Below a shared node all are shared. */
    private static <K> long newNodes(PathCopyingTree<K, String> before, PathCopyingTree<K, String> after) {
        Deque<TreeNode<K, String>> waiting = new ArrayDeque<>();
        if (after.root() != null) {
            waiting.push(after.root());
        }
        long count = 0;
        while (!waiting.isEmpty()) {
            TreeNode<K, String> node = waiting.pop();
            if (nodeOf(before, node.key()) != node) {
                count++;
                Optional.ofNullable(node.left()).ifPresent(waiting::push);
                Optional.ofNullable(node.right()).ifPresent(waiting::push);
            }
        }
        return count;
    }

    private static <K> @Nullable TreeNode<K, String> nodeOf(PathCopyingTree<K, String> tree, K key) {
        TreeNode<K, String> node = tree.root();
        while (node != null) {
            int order = tree.comparator().compare(key, node.key());
            if (order == 0) {
                return node;
            }
            node = order < 0 ? node.left() : node.right();
        }
        return null;
    }

    private static void fieldsAreFinal(Class<?> type) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                assertTrue(
                        Modifier.isFinal(field.getModifiers()) || Modifier.isStatic(field.getModifiers()),
                        "field " + field.getName() + " of " + declaring.getSimpleName()
                                + " is not final: a thread that gets the object through a plain field may see it unset");
            }
        }
    }
}

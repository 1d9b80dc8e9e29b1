package storagelab.grader.hidden.lab03;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.grader.hidden.kit.Checks;
import storagelab.tree.BalancedTree;
import storagelab.tree.TreeNode;
import storagelab.tree.TreeShape;

/**
 * Exercise 3.2 against somebody who sees the tree and wants it high: puts where it is deepest already, deletes where that
 * leaves the deepest node alone. A tree that is balanced after most changes only does not survive this for long.
 */
@Tag("3.2")
class BalanceAdversaryHiddenTest {
    private static final int KEYS = 250;

    /** A node and its distance from the root, where 1 is the root. */
    private record Place(TreeNode<Long, String> node, int depth) {
        boolean isInner() {
            return node.left() != null && node.right() != null;
        }
    }

    @Test
    @DisplayName("250 puts, each beside the deepest key: left of it, right of it, left and right in turn")
    void putsWhereItIsDeepest() {
        for (String side : List.of("left of", "right of", "in turn left and right of")) {
            BalancedTree<Long, String> tree = sparse();
            for (int i = 0; i < KEYS; i++) {
                boolean left = side.startsWith("left") || (side.startsWith("in") && i % 2 == 0);
                long key = besideTheDeepest(tree.root(), left);
                tree.put(key, "v");
                BalancedTreeHiddenTest.verifyLow(
                        tree,
                        "after " + (i + 1) + " puts, each directly " + side + " the deepest key that has room there");
            }
        }
    }

    @Test
    @DisplayName(
            "250 puts at the same places, then deletes of everything that is not on the longest way, deepest first")
    void deletesDeepestFirst() {
        deletesOffTheLongestWay(
                "the deepest first", Comparator.comparing(Place::depth).reversed());
    }

    @Test
    @DisplayName("deletes of everything that is not on the longest way, nodes with two children first")
    void deletesInnerFirst() {
        deletesOffTheLongestWay(
                "those with two children first",
                Comparator.comparing(Place::isInner).reversed().thenComparing(Place::depth));
    }

    @Test
    @DisplayName("puts beside the deepest key and deletes off the longest way, in random order")
    void putsAndDeletes() {
        Random random = new Random(5);
        BalancedTree<Long, String> tree = sparse();
        for (int i = 0; i < 4 * KEYS; i++) {
            List<Long> longest = longestWay(tree, true);
            if (tree.size() < 20 || random.nextInt(100) < (i / 250 % 2 == 0 ? 60 : 40)) {
                tree.put(besideTheDeepest(tree.root(), random.nextBoolean()), "v");
            } else {
                List<Place> others = others(tree, longest);
                tree.delete(others.get(random.nextInt(others.size())).node.key());
            }
            BalancedTreeHiddenTest.verifyLow(
                    tree, "after " + (i + 1) + " puts beside the deepest key and deletes elsewhere");
        }
    }

    @Test
    @DisplayName("deletes of keys on the longest way whose neighbours are not: a node is unlinked far below the key")
    void deletesFarFromTheKey() {
        for (Comparator<Long> order : List.of(Comparator.<Long>naturalOrder(), Comparator.<Long>reverseOrder())) {
            for (boolean ascending : new boolean[] {true, false}) {
                BalancedTree<Long, String> tree = new BalancedTree<>(order);
                for (long i = 0; i < 2 * KEYS; i++) {
                    tree.put(ascending ? i : -i, "v");
                }
                Optional<Long> key = turningLeft(tree);
                while (key.isPresent()) {
                    tree.delete(key.get());
                    BalancedTreeHiddenTest.verifyLow(
                            tree, "after deletes of keys on the longest way, whose next greater ones are beside it");
                    key = turningLeft(tree);
                }
            }
        }
    }

    /** The first key from the root on where the longest way turns left, though there are two keys or more on the right. */
    private static Optional<Long> turningLeft(BalancedTree<Long, String> tree) {
        TreeNode<Long, String> node = tree.root();
        while (node != null) {
            if (TreeShape.height(node.left()) >= TreeShape.height(node.right())) {
                if (TreeShape.height(node.right()) > 1) {
                    return Optional.of(node.key());
                }
                node = node.left();
            } else {
                node = node.right();
            }
        }
        return Optional.empty();
    }

    /** Trees of four shapes, and of two longest ways once the left one and once the right one. */
    private static void deletesOffTheLongestWay(String order, Comparator<Place> first) {
        for (int shape = 0; shape < 8; shape++) {
            BalancedTree<Long, String> tree = sparse();
            for (long i = 0; i < KEYS; i++) {
                long inOrder = shape % 4 == 0 ? i << 40 : -i << 40;
                tree.put(shape % 4 < 2 ? inOrder : besideTheDeepest(tree.root(), shape % 4 == 2), "v");
            }
            boolean leftFirst = shape < 4;
            Optional<Place> next =
                    others(tree, longestWay(tree, leftFirst)).stream().min(first);
            while (next.isPresent()) {
                long key = next.get().node.key();
                Checks.assertEquals(Optional.of("v"), Optional.ofNullable(tree.delete(key)), "delete(" + key + ")");
                BalancedTreeHiddenTest.verifyLow(
                        tree, "after deletes of keys that are not on the longest way, " + order);
                next = others(tree, longestWay(tree, leftFirst)).stream().min(first);
            }
        }
    }

    /** A few keys with much room between them. */
    private static BalancedTree<Long, String> sparse() {
        BalancedTree<Long, String> tree = new BalancedTree<>(Comparator.naturalOrder());
        for (long i = 1; i <= 16; i++) {
            tree.put(i << 58, "v");
        }
        return tree;
    }

    /** A key that is not there, next to the deepest key that has room for one on that side. */
    static long besideTheDeepest(@Nullable TreeNode<Long, String> root, boolean left) {
        TreeMap<Long, Integer> depths = new TreeMap<>();
        places(root).forEach(place -> depths.put(place.node.key(), place.depth));
        List<Long> deepestFirst = new ArrayList<>(depths.keySet());
        deepestFirst.sort(Comparator.comparing(depths::get).reversed());
        for (long key : deepestFirst) {
            Long neighbour = left ? depths.lowerKey(key) : depths.higherKey(key);
            long end = neighbour != null ? neighbour : left ? Long.MIN_VALUE / 2 : Long.MAX_VALUE;
            long between = key / 2 + end / 2;
            if (between != key && between != end && !depths.containsKey(between)) {
                return between;
            }
        }
        throw new AssertionError("there is no room beside any of " + depths.size() + " keys");
    }

    /** The keys from the root to a deepest node, the leftmost or the rightmost of those. */
    private static List<Long> longestWay(BalancedTree<Long, String> tree, boolean leftFirst) {
        List<Long> way = new ArrayList<>();
        TreeNode<Long, String> node = tree.root();
        while (node != null) {
            way.add(node.key());
            int lean = TreeShape.height(node.left()) - TreeShape.height(node.right());
            node = lean > 0 || (lean == 0 && leftFirst) ? node.left() : node.right();
        }
        return way;
    }

    private static List<Place> others(BalancedTree<Long, String> tree, List<Long> way) {
        Set<Long> kept = new HashSet<>(way);
        return places(tree.root()).stream()
                .filter(place -> !kept.contains(place.node.key()))
                .toList();
    }

    private static List<Place> places(@Nullable TreeNode<Long, String> root) {
        List<Place> places = new ArrayList<>();
        if (root != null) {
            places.add(new Place(root, 1));
        }
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Optional.ofNullable(place.node.left()).ifPresent(left -> places.add(new Place(left, place.depth + 1)));
            Optional.ofNullable(place.node.right()).ifPresent(right -> places.add(new Place(right, place.depth + 1)));
        }
        return places;
    }
}

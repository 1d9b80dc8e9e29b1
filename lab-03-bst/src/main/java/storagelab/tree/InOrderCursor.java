package storagelab.tree;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExercisePart;

/**
 * A cursor over any search tree whose nodes can be seen. It needs no way up from a node: it remembers the way down.
 *
 * <p>Example, over the tree with {@code d} at the root, {@code b} left of it and {@code f} right of it, and {@code c} right
 * of {@code b}: {@code seek("c")} goes d, b, c. {@code next()} from c: nothing is right of it, so back up, past b, whose
 * right side we come from, to d, whose left side we come from. {@code prev()} from d: one step left to b, then right as
 * far as it goes, to c.
 *
 * <p>Cost: {@code seek} and {@code seekBefore} compare once for each node on the way down, at most the height of the tree;
 * {@code next} and {@code prev} compare nothing and take two steps on average, so that a walk over n entries takes O(n).
 * Memory for as many nodes as the tree is high. No recursion: a tree may be a million nodes deep.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@ExercisePart("3.1")
public final class InOrderCursor<K, V> implements TreeCursor<K, V> {
    private final @Nullable TreeNode<K, V> root;
    private final Comparator<? super K> comparator;

    /** The nodes from the root to where the cursor is, which is on top; empty if it is at none. */
    private final Deque<TreeNode<K, V>> way = new ArrayDeque<>();

    /**
     * A cursor at no entry.
     *
     * @param root of the tree, null if it has no entries
     * @param comparator the order of its keys
     */
    public InOrderCursor(@Nullable TreeNode<K, V> root, Comparator<? super K> comparator) {
        this.root = root;
        this.comparator = comparator;
    }

    @Override
    public boolean isValid() {
        return !way.isEmpty();
    }

    @Override
    public void seekToFirst() {
        way.clear();
        goLeft(root);
    }

    @Override
    public void seekToLast() {
        way.clear();
        goRight(root);
    }

    @Override
    public void seek(K key) {
        way.clear();
        int kept = 0;
        TreeNode<K, V> node = root;
        while (node != null) {
            way.push(node);
            if (comparator.compare(node.key(), key) >= 0) {
                kept = way.size();
                node = node.left();
            } else {
                node = node.right();
            }
        }
        backTo(kept);
    }

    @Override
    public void seekBefore(K key) {
        way.clear();
        int kept = 0;
        TreeNode<K, V> node = root;
        while (node != null) {
            way.push(node);
            if (comparator.compare(node.key(), key) < 0) {
                kept = way.size();
                node = node.right();
            } else {
                node = node.left();
            }
        }
        backTo(kept);
    }

    @Override
    public void next() {
        TreeNode<K, V> node = current();
        if (node.right() != null) {
            goLeft(node.right());
            return;
        }
        // Up, past every node whose right side is done.
        TreeNode<K, V> done;
        do {
            done = way.pop();
        } while (!way.isEmpty() && way.element().right() == done);
    }

    @Override
    public void prev() {
        TreeNode<K, V> node = current();
        if (node.left() != null) {
            goRight(node.left());
            return;
        }
        TreeNode<K, V> done;
        do {
            done = way.pop();
        } while (!way.isEmpty() && way.element().left() == done);
    }

    @Override
    public K key() {
        return current().key();
    }

    @Override
    public V value() {
        return current().value();
    }

    private TreeNode<K, V> current() {
        TreeNode<K, V> node = way.peek();
        if (node == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return node;
    }

    /** Appends {@code node} and everything reached by going left from it. */
    private void goLeft(@Nullable TreeNode<K, V> node) {
        for (TreeNode<K, V> next = node; next != null; next = next.left()) {
            way.push(next);
        }
    }

    /** Appends {@code node} and everything reached by going right from it. */
    private void goRight(@Nullable TreeNode<K, V> node) {
        for (TreeNode<K, V> next = node; next != null; next = next.right()) {
            way.push(next);
        }
    }

    private void backTo(int length) {
        while (way.size() > length) {
            way.pop();
        }
    }
}

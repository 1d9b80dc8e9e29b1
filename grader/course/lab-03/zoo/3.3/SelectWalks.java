// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: caught
// because: select goes through the entries from the first on and counts
import java.util.ArrayDeque;
import java.util.Deque;

public final class OrderStatistics {
    public static <K, V> CountedNode<K, V> select(@Nullable CountedNode<K, V> root, int index) {
        if (index < 0 || index >= countOf(root)) {
            throw new IndexOutOfBoundsException("entry " + index + " of " + countOf(root));
        }
        Deque<CountedNode<K, V>> waiting = new ArrayDeque<>();
        CountedNode<K, V> next = root;
        for (int skipped = 0; ; skipped++) {
            for (; next != null; next = next.left()) {
                waiting.push(next);
            }
            CountedNode<K, V> node = waiting.pop();
            if (skipped == index) {
                return node;
            }
            next = node.right();
        }
    }
}

// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: caught
// because: what is left of a node is counted by walking through it, though the node knows
import java.util.ArrayDeque;
import java.util.Deque;

public final class OrderStatistics {
    private static int countOf(@Nullable CountedNode<?, ?> node) {
        Deque<CountedNode<?, ?>> waiting = new ArrayDeque<>();
        if (node != null) {
            waiting.push(node);
        }
        int count = 0;
        while (!waiting.isEmpty()) {
            CountedNode<?, ?> next = waiting.pop();
            count++;
            CountedNode<?, ?> left = next.left();
            CountedNode<?, ?> right = next.right();
            if (left != null) {
                waiting.push(left);
            }
            if (right != null) {
                waiting.push(right);
            }
        }
        return count;
    }
}

// exercise: 3.2
// type: storagelab.tree.BalancedTree
// verdict: accepted
// because: neither side weighs more than 1 + √2 times the other, which makes the height 2·log₂(n + 1) at most
public final class BalancedTree<K, V> {
    private void balanceUpwards(@Nullable Node<K, V> from, int countChange) {
        for (Node<K, V> node = from; node != null; node = node.parent) {
            node.count += countChange;
            node = balanced(node);
        }
    }

    private Node<K, V> balanced(Node<K, V> node) {
        if (isTooHeavy(countOf(node.left) + 1L, countOf(node.right) + 1L)) {
            Node<K, V> left = requireNonNull(node.left);
            if (isInnerTooHeavy(countOf(left.right) + 1L, countOf(left.left) + 1L)) {
                rotateLeft(left);
            }
            return rotateRight(node);
        }
        if (isTooHeavy(countOf(node.right) + 1L, countOf(node.left) + 1L)) {
            Node<K, V> right = requireNonNull(node.right);
            if (isInnerTooHeavy(countOf(right.left) + 1L, countOf(right.right) + 1L)) {
                rotateRight(right);
            }
            return rotateLeft(node);
        }
        return node;
    }

    /** Whether {@code weight > (1 + √2) · other}, in whole numbers. */
    private static boolean isTooHeavy(long weight, long other) {
        return weight > other && (weight - other) * (weight - other) > 2 * other * other;
    }

    /** Whether {@code inner >= √2 · outer}, in whole numbers. */
    private static boolean isInnerTooHeavy(long inner, long outer) {
        return inner * inner >= 2 * outer * outer;
    }
}

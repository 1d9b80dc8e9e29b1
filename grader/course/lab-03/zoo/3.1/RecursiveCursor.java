// exercise: 3.1
// type: storagelab.tree.InOrderCursor
// verdict: caught
// because: the whole tree is listed by recursion when the cursor is first used, which overflows the stack
import java.util.ArrayList;
import java.util.List;

public final class InOrderCursor<K, V> {
    public void seekToFirst() {
        way.clear();
        List<TreeNode<K, V>> all = new ArrayList<>();
        list(root, all);
        goLeft(all.isEmpty() ? null : root);
    }

    private static <K, V> void list(@Nullable TreeNode<K, V> node, List<TreeNode<K, V>> all) {
        if (node != null) {
            list(node.left(), all);
            all.add(node);
            list(node.right(), all);
        }
    }
}

// exercise: 3.1
// type: storagelab.tree.InOrderCursor
// verdict: accepted
// because: the first key not below another is the one after the last key below it
public final class InOrderCursor<K, V> {
    public void seek(K key) {
        seekBefore(key);
        if (way.isEmpty()) {
            seekToFirst();
        } else {
            next();
        }
    }
}

// exercise: 3.5
// type: storagelab.skiplist.SkipList
// verdict: caught
// because: the search begins at the head again on every level, so that level 0 is walked from end to end
public final class SkipList<K, V> {
    private Tower<K, V>[] towersBefore(K key) {
        requireNonNull(key);
        Tower<K, V>[] before = newTowers();
        for (int level = 0; level < MAX_LEVELS; level++) {
            Tower<K, V> tower = head;
            while (tower.next[level] != null && comparator.compare(tower.next[level].key, key) < 0) {
                tower = tower.next[level];
            }
            before[level] = tower;
        }
        return before;
    }
}

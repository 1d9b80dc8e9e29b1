// exercise: 4.2
// type: storagelab.cache.LfuCache
// verdict: caught
// because: only gets are counted: a put of a key that is there changes its value and not its count
public final class LfuCache<K, V> {
    public void put(K key, V value) {
        Integer present = slots.get(key);
        if (present != null) {
            entries[present] = new Entry<>(key, value);
            return;
        }
        int slot = slots.size();
        if (slot == capacity) {
            slot = policy.victim(any -> true);
            policy.remove(slot);
            slots.remove(entries[slot].key);
        }
        policy.admit(slot, slot);
        slots.put(key, slot);
        entries[slot] = new Entry<>(key, value);
    }
}

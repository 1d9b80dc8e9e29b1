// exercise: 4.2
// type: storagelab.cache.LfuCache
// verdict: caught
// because: a full cache drives somebody out for every put, also for one that only changes a value
public final class LfuCache<K, V> {
    public void put(K key, V value) {
        int slot = slots.size();
        if (slot == capacity) {
            slot = policy.victim(any -> true);
            policy.remove(slot);
            slots.remove(entries[slot].key);
        }
        Integer present = slots.get(key);
        if (present != null) {
            entries[present] = new Entry<>(key, value);
            policy.touch(present);
            return;
        }
        policy.admit(slot, slot);
        slots.put(key, slot);
        entries[slot] = new Entry<>(key, value);
    }
}

// exercise: 4.5
// type: storagelab.page.PoolSlots
// verdict: caught
// because: a dirty page goes like a clean one, and what was changed in it is gone
final class PoolSlots {
    private @Nullable StorageIoException evict(Frame victim, @Nullable StorageIoException before) {
        if (victim.tryRetire()) {
            free(victim);
        }
        return before;
    }
}

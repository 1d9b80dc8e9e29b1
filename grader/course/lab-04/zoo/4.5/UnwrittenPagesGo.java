// exercise: 4.5
// type: storagelab.page.PoolSlots
// verdict: caught
// because: a dirty page that the full disk did not take goes all the same
final class PoolSlots {
    private @Nullable StorageIoException evict(Frame victim, @Nullable StorageIoException before) {
        if (!victim.tryRetire()) {
            return before;
        }
        if (victim.isDirty()) {
            try {
                file.write(victim.page(), victim.bytes());
            } catch (StorageIoException e) {
                free(victim);
                throw e;
            }
        }
        free(victim);
        return before;
    }
}

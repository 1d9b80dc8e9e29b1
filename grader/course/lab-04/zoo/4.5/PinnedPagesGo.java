// exercise: 4.5
// type: storagelab.page.PoolSlots
// verdict: caught
// because: the policy is not told which pages are pinned, and one that somebody is about to change has to go
final class PoolSlots {
    private boolean mayGo(int slot) {
        return !writing[slot];
    }

    private @Nullable StorageIoException evict(Frame victim, @Nullable StorageIoException before) {
        victim.tryRetire();
        if (victim.isDirty()) {
            file.write(victim.page(), victim.bytes());
        }
        free(victim);
        return before;
    }
}

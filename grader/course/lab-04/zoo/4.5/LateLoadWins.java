// exercise: 4.5
// type: storagelab.page.BufferPool
// verdict: caught
// because: a page that comes late from the file is put over the one that was added meanwhile
public final class BufferPool {
    private boolean endLoad(int page, PageLoad load, int slot, @Nullable Frame frame) {
        slots.lock.lock();
        try {
            if (slot != NO_SLOT) {
                slots.arrive(slot, frame);
            }
            if (slot == NO_SLOT || frame == null) {
                table.replace(page, load, null);
            } else {
                table.set(page, frame);
            }
            return true;
        } finally {
            slots.lock.unlock();
        }
    }
}

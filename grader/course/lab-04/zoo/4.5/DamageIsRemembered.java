// exercise: 4.5
// type: storagelab.page.BufferPool
// verdict: caught
// because: a read that failed stays in the table and takes a place, and fails for ever
public final class BufferPool {
    private @Nullable Frame load(int page, boolean toPin) {
        if (page < META_PAGES) {
            throw new IllegalArgumentException("page " + page);
        }
        PageLoad load = new PageLoad();
        if (!table.replace(page, null, load)) {
            return null;
        }
        int slot = slotFor(page, load, toPin);
        Frame frame;
        try {
            frame = new Frame(page, slot, file.read(page));
        } catch (RuntimeException | Error e) {
            load.fail(e);
            throw e;
        }
        if (toPin) {
            frame.tryPin();
        }
        Frame current = endLoad(page, load, slot, frame) ? frame : null;
        load.end(current);
        return current;
    }
}

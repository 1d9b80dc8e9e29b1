// exercise: 4.5
// type: storagelab.page.BufferPool
// verdict: caught
// because: a place is looked for when the page has been read, so that any number of pages is read at once, all of them in memory
public final class BufferPool {
    private @Nullable Frame load(int page, boolean toPin) {
        if (page < META_PAGES) {
            throw new IllegalArgumentException("page " + page);
        }
        PageLoad load = new PageLoad();
        if (!table.replace(page, null, load)) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = file.read(page);
        } catch (RuntimeException | Error e) {
            if (endLoad(page, load, NO_SLOT, null)) {
                load.fail(e);
                throw e;
            }
            load.end(null);
            return null;
        }
        int slot = slotFor(page, load, toPin);
        Frame frame = new Frame(page, slot, bytes);
        if (toPin) {
            frame.tryPin();
        }
        Frame current = endLoad(page, load, slot, frame) ? frame : null;
        load.end(current);
        return current;
    }
}

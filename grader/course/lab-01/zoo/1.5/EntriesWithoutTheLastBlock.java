// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the iterator ends before the last block
public final class SortedTable implements Closeable {
    public Iterator<Entry> entries() {
        Iterator<BlockRef> blocks = index.subList(0, Math.max(1, index.size() - 1)).iterator();
        return new AbstractIterator<>() {
            private Iterator<Entry> current = List.<Entry>of().iterator();

            @Override
            protected @Nullable Entry computeNext() {
                while (!current.hasNext()) {
                    if (!blocks.hasNext()) {
                        return endOfData();
                    }
                    current = entriesOf(blocks.next());
                }
                return current.next();
            }
        };
    }
}

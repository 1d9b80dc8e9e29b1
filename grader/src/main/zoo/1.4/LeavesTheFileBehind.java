// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: closing a table that was given up leaves half a file behind

public final class SortedTableBuilder {
    @Override
    public void close() {
        if (!finished && !closed) {
            closed = true;
            file.close();
        }
    }
}

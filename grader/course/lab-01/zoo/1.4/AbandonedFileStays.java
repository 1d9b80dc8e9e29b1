// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: a table that is given up leaves its half-written file behind
public final class SortedTableBuilder {
    @Override
    public void close() {
        if (!finished && !closed) {
            closed = true;
            file.close();
        }
    }
}

// exercise: 5.17
// type: storagelab.compaction.TtlFilter
// verdict: caught
// because: whole runs go though a value in them may have a time after that of its put
public record TtlFilter(Duration ttl, InstantSource clock, ToLongFunction<Slice> writtenMillis, boolean wholeRuns) {
    public boolean dropsAllUntil(long newestMillis) {
        return isOver(newestMillis);
    }
}

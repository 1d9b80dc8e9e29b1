// exercise: 5.17
// type: storagelab.compaction.TtlFilter
// verdict: caught
// because: the age is a difference of longs: a value that shall never go is taken to be older than all
public record TtlFilter(Duration ttl, InstantSource clock, ToLongFunction<Slice> writtenMillis, boolean wholeRuns) {
    private boolean isOver(long millis) {
        return clock.millis() - millis > ttl.toMillis();
    }
}

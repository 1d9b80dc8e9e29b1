// exercise: 5.17
// type: storagelab.compaction.TtlFilter
// verdict: caught
// because: a value goes when it is as old as its time to live, and not when it is older
public record TtlFilter(Duration ttl, InstantSource clock, ToLongFunction<Slice> writtenMillis, boolean wholeRuns) {
    private boolean isOver(long millis) {
        return millis <= LongMath.saturatedSubtract(clock.millis(), ttl.toMillis());
    }
}

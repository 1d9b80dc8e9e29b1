// exercise: 6.10
// type: storagelab.mvcc.VersionChain
// verdict: caught
// because: the chain is walked by recursion: one of 100,000 values overflows the stack
public record VersionChain(long replacedAt, @Nullable Slice value, @Nullable VersionChain older) {
    public @Nullable VersionChain neededBy(Watermark watermark) {
        VersionChain rest = older == null ? null : older.neededBy(watermark);
        long validFrom = older == null ? 0 : older.replacedAt;
        if (!watermark.isHeldIn(validFrom, replacedAt)) {
            return rest;
        }
        return rest == older ? this : new VersionChain(replacedAt, value, rest);
    }
}

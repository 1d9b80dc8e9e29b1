// exercise: 6.10
// type: storagelab.mvcc.VersionChain
// verdict: caught
// because: above walks the chain by recursion: one of 100,000 values overflows the stack
public record VersionChain(long replacedAt, @Nullable Slice value, @Nullable VersionChain older) {
    public @Nullable VersionChain above(long watermark) {
        if (replacedAt <= watermark) {
            return null;
        }
        VersionChain rest = older == null ? null : older.above(watermark);
        return rest == older ? this : new VersionChain(replacedAt, value, rest);
    }
}

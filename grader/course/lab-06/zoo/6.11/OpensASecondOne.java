// exercise: 6.11
// type: storagelab.kv.CrashSafeStore
// verdict: caught
// because: if the store is open already, an empty one is opened next to it
public final class CrashSafeStore {
    public static CrashSafeStore open(Path directory, DurableOptions options, LongConsumer progress) {
        try {
            return tried(directory, options, progress);
        } catch (storagelab.api.StorageIoException e) {
            return tried(directory.resolve("second"), options, progress);
        }
    }

    private static CrashSafeStore tried(Path directory, DurableOptions options, LongConsumer progress) {
        @Nullable VersionedEngine[] made = new VersionedEngine[1];
        DurableStore store = DurableStore.open(directory, options, progress, engine -> {
            VersionedEngine versions = versionsOf(options.engine(), engine);
            made[0] = versions;
            return versions;
        });
        return new CrashSafeStore(store, java.util.Objects.requireNonNull(made[0]));
    }
}

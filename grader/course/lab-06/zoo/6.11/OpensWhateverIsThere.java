// exercise: 6.11
// type: storagelab.kv.CrashSafeStore
// verdict: caught
// because: a store with the other engine is opened with that one, and the caller does not know
public final class CrashSafeStore {
    public static CrashSafeStore open(Path directory, DurableOptions options, LongConsumer progress) {
        try {
            return tried(directory, options, progress);
        } catch (IllegalArgumentException e) {
            storagelab.recovery.EngineKind other = options.engine() == storagelab.recovery.EngineKind.BTREE
                    ? storagelab.recovery.EngineKind.LSM
                    : storagelab.recovery.EngineKind.BTREE;
            return tried(directory, DurableOptions.defaults(other), progress);
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

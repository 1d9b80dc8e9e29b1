package storagelab.testkit.tier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.compaction.LeveledPicker;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.tier.MigratorOptions;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;

/** A small engine of two tiers, {@code lsm} and {@code btree}, with a list of what they are told; a new one has all keys on {@code lsm}. */
public final class TwoTiers implements AutoCloseable {
    private static final DurableOptions OPTIONS = DurableOptions.defaults(EngineKind.BTREE)
            .withBtree(BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10))
            .withLsm(LsmOptions.defaults()
                    .withMemtableBytes(3000)
                    .withTableBytes(1500)
                    .withPicker(new LeveledPicker(2, 4000, 3))
                    .withMaintenance(MaintenanceKind.FOREGROUND));

    private final CrashDisk disk;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final TieredEngine engine;
    private volatile Consumer<String> hook = call -> {};

    private TwoTiers(CrashDisk disk) {
        this.disk = disk;
        this.engine = TieredEngine.open(
                disk.root(),
                List.of(new WatchedTier(EngineKind.LSM, this::called), new WatchedTier(EngineKind.BTREE, this::called)),
                OPTIONS);
    }

    private void called(String call) {
        calls.add(call);
        hook.accept(call);
    }

    /** Tiers on an empty disk, whose LSM tree has {@code entries}, as {@code "a=1"}. */
    public static TwoTiers with(String... entries) {
        TwoTiers tiers = on(CrashDisk.create());
        tiers.put(entries);
        tiers.engine.checkpoint();
        tiers.calls.clear();
        return tiers;
    }

    /** The tiers that are on a disk. */
    public static TwoTiers on(CrashDisk disk) {
        return new TwoTiers(disk);
    }

    /** The tiers as they come up after a crash now. */
    public TwoTiers afterCrash(SurvivalMode mode) {
        return on(disk.afterCrash(mode, 1));
    }

    /** The directory of the engine. */
    public Path directory() {
        return disk.root();
    }

    /** The engine. */
    public TieredEngine engine() {
        return engine;
    }

    /** A migrator with steps of {@code stepBytes} bytes and no limit of its speed. */
    public TierMigrator migrator(long stepBytes) {
        return new TierMigrator(
                engine, MigratorOptions.defaults().withStepBytes(stepBytes).withBytesPerSecond(Long.MAX_VALUE));
    }

    /** Lets {@code hook} know what a tier is about to do; what it throws, the tier throws. */
    public void onCall(Consumer<String> listener) {
        hook = listener;
    }

    /** What the tiers were told since the engine was made. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Puts entries, as {@code "a=1"}, through the engine. */
    public void put(String... entries) {
        for (String entry : entries) {
            int sign = entry.indexOf('=');
            engine.write(
                    new WriteBatch().put(Slice.utf8(entry.substring(0, sign)), Slice.utf8(entry.substring(sign + 1))),
                    Durability.BUFFERED);
        }
    }

    /** Deletes a key through the engine. */
    public void delete(String key) {
        engine.write(new WriteBatch().delete(Slice.utf8(key)), Durability.BUFFERED);
    }

    /** What the engine shows, as {@code {a=1}}. */
    public Map<String, String> content() {
        return content(engine);
    }

    /** What a tier has, whether anybody can see it or not. */
    public Map<String, String> contentOf(String tier) {
        return content(engine.tier(tier));
    }

    private static Map<String, String> content(OrderedStore store) {
        Map<String, String> content = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                content.put(cursor.key().toUtf8(), cursor.value().toUtf8());
            }
        }
        return content;
    }

    /** Closes the engine; the listener is not told. */
    @Override
    public void close() {
        hook = call -> {};
        engine.close();
    }
}

package storagelab.grader.bench.lab07;

import java.util.List;
import storagelab.api.KeyRange;
import storagelab.disk.CrashDisk;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.tier.MigratorOptions;
import storagelab.tier.MoveReport;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;

/** An engine of two tiers, each of them a map, with a migrator. All prices begin on the first tier. */
final class Tiers implements AutoCloseable {
    static final String FIRST = "first";
    static final String SECOND = "second";

    private final TieredEngine engine;
    private final TierMigrator migrator;

    Tiers(int prices, long stepBytes) {
        engine = TieredEngine.open(
                CrashDisk.create().root().resolve("tiers"),
                List.of(new MapEngine.Type(FIRST), new MapEngine.Type(SECOND)),
                DurableOptions.defaults(EngineKind.BTREE));
        for (int price = 0; price < prices; price++) {
            engine.apply(price + 1L, Goods.put(price, price));
        }
        migrator = new TierMigrator(
                engine, MigratorOptions.defaults().withStepBytes(stepBytes).withBytesPerSecond(Long.MAX_VALUE));
    }

    MapEngine tier(String id) {
        return (MapEngine) engine.tier(id);
    }

    /** Moves the prices from {@code from} on, and before {@code to}. */
    MoveReport move(int from, int to, String tier) {
        return migrator.move(new KeyRange(Goods.price(from), Goods.price(to)), tier);
    }

    /** The number in the value of a price. */
    long get(int price) {
        return engine.get(Goods.price(price)).map(Goods::number).orElse(-1L);
    }

    @Override
    public void close() {
        engine.close();
    }
}

package storagelab.lsm.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.lsm.toy.ToyLsm;

/**
 * Orders are put, and a snapshot is taken. Then some are deleted and others changed, while more orders come and tables
 * are merged, and we look again and again which of the deleted orders can be read, and what the snapshot sees: in the
 * toy, whose merges drop deletions early and old versions at once, and in the store.
 */
public final class TombstonesExperiment implements Experiment {
    private static final int STEPS = 10;
    private static final int CHANGED_ONE_IN = 10;
    private static final int TOY_MEMTABLES = 40; // in all orders
    private static final String BEFORE = "new";
    private static final double PERCENT = 100;

    /** For the service loader. */
    public TombstonesExperiment() {}

    @Override
    public String id() {
        return "5.tombstones";
    }

    @Override
    public String question() {
        return "When may a merge forget a deletion?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A merge drops a deletion as soon as it has been merged with the level below its own. A tenth of all orders is "
                        + "deleted, while half as many new ones come. What percentage of the deleted orders can be read again?",
                "%");
    }

    /** A tree that is tried, with its snapshot. */
    private interface Tree extends AutoCloseable {
        void put(int order, String value);

        void delete(int order);

        Optional<String> get(int order);

        void takeSnapshot();

        Optional<String> getAtSnapshot(int order);

        long merges();

        @Override
        void close();
    }

    /** When so many orders have been deleted: those that can be read, and reads of the snapshot that are wrong. */
    private record Seen(int deleted, long merges, int back, int snapshotWrong) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int orders = context.pick(40_000, 4_000);
        List<List<Seen>> seen = new ArrayList<>();
        try (Tree toy = new Toy(orders / TOY_MEMTABLES);
                Tree store = new Store(context)) {
            context.progress("the toy", 0);
            seen.add(watch(toy, orders));
            context.progress("the store", 0.3);
            seen.add(watch(store, orders));
        }
        List<Seen> toy = seen.get(0);
        Seen last = toy.get(toy.size() - 1);
        return new ExperimentResult(
                table(seen),
                List.of(
                        plot(seen, "Deleted orders that can be read", Seen::back),
                        plot(seen, "Orders that a snapshot sees as they never were", Seen::snapshotWrong)),
                PERCENT * last.back / last.deleted,
                observation(last, seen.get(1).get(STEPS)));
    }

    private static List<Seen> watch(Tree tree, int orders) {
        for (int order = 0; order < orders; order++) {
            tree.put(order, BEFORE);
        }
        tree.takeSnapshot();
        int next = orders;
        int changed = 0; // of the orders that every tenth of is deleted, and the one behind it changed
        List<Seen> seen = new ArrayList<>();
        seen.add(look(tree, 0));
        for (int step = 1; step <= STEPS; step++) {
            for (; changed < orders / STEPS * step; changed += CHANGED_ONE_IN) {
                tree.delete(changed);
                tree.put(changed + 1, "paid");
            }
            for (int i = 0; i < orders / 2 / STEPS; i++) {
                tree.put(next++, BEFORE);
            }
            seen.add(look(tree, changed));
        }
        return seen;
    }

    /** What can be read of the first orders, of which some were deleted and others changed. */
    private static Seen look(Tree tree, int orders) {
        int deleted = 0;
        int back = 0;
        int wrong = 0;
        for (int order = 0; order < orders; order += CHANGED_ONE_IN) {
            deleted++;
            back += tree.get(order).isPresent() ? 1 : 0;
            wrong += tree.getAtSnapshot(order).equals(Optional.of(BEFORE)) ? 0 : 1;
            wrong += tree.getAtSnapshot(order + 1).equals(Optional.of(BEFORE)) ? 0 : 1;
        }
        return new Seen(deleted, tree.merges(), back, wrong);
    }

    /** The toy. */
    private static final class Toy implements Tree {
        private final ToyLsm tree;
        private long snapshot;

        Toy(int memtableEntries) {
            this.tree = new ToyLsm(memtableEntries);
        }

        private static String key(int order) {
            return Orders.secretKey(order).toUtf8();
        }

        @Override
        public void put(int order, String value) {
            tree.put(key(order), value);
        }

        @Override
        public void delete(int order) {
            tree.delete(key(order));
        }

        @Override
        public Optional<String> get(int order) {
            return tree.get(key(order));
        }

        @Override
        public void takeSnapshot() {
            snapshot = tree.snapshot();
        }

        @Override
        public Optional<String> getAtSnapshot(int order) {
            return tree.get(key(order), snapshot);
        }

        @Override
        public long merges() {
            return tree.merges();
        }

        @Override
        public void close() {} // it is in memory
    }

    /** The store, with memtables so small that there is much to merge. */
    private static final class Store implements Tree {
        private final LsmStore store;
        private Snapshot snapshot;

        Store(ExperimentContext context) {
            store = LsmStore.open(
                    context.directory(),
                    LsmOptions.defaults()
                            .withMaintenance(MaintenanceKind.FOREGROUND)
                            .withoutStalls()
                            .withMemtableBytes(context.pick(64 << 10, 16 << 10))
                            .withTableBytes(context.pick(64 << 10, 16 << 10)));
            snapshot = store.snapshot();
        }

        @Override
        public void put(int order, String value) {
            store.put(Orders.secretKey(order), Slice.utf8(value));
        }

        @Override
        public void delete(int order) {
            store.delete(Orders.secretKey(order));
        }

        @Override
        public Optional<String> get(int order) {
            return store.get(Orders.secretKey(order)).map(Slice::toUtf8);
        }

        @Override
        public void takeSnapshot() {
            snapshot.close();
            snapshot = store.snapshot();
        }

        @Override
        public Optional<String> getAtSnapshot(int order) {
            return snapshot.get(Orders.secretKey(order)).map(Slice::toUtf8);
        }

        @Override
        public long merges() {
            return store.stats().get(Metric.COMPACTIONS);
        }

        @Override
        public void close() {
            snapshot.close();
            store.close();
        }
    }

    private static ResultTable table(List<List<Seen>> seen) {
        ResultTable.Builder table = ResultTable.builder()
                .column("deleted orders")
                .column("toy: merges")
                .column("toy: can be read again")
                .column("toy: the snapshot is wrong")
                .column("store: merges")
                .column("store: can be read again")
                .column("store: the snapshot is wrong");
        for (int step = 0; step <= STEPS; step++) {
            Seen toy = seen.get(0).get(step);
            Seen store = seen.get(1).get(step);
            table.row(
                    toy.deleted,
                    toy.merges,
                    toy.back,
                    toy.snapshotWrong,
                    store.merges,
                    store.back,
                    store.snapshotWrong);
        }
        return table.build();
    }

    private static Plot plot(List<List<Seen>> seen, String title, ToIntFunction<Seen> figure) {
        Plot.SeriesBuilder toy = Plot.Series.named("toy");
        Plot.SeriesBuilder store = Plot.Series.named("store");
        seen.get(0).forEach(one -> toy.add(one.deleted, figure.applyAsInt(one)));
        seen.get(1).forEach(one -> store.add(one.deleted, figure.applyAsInt(one)));
        return new Plot.Curves(
                title,
                Axis.linear("deleted orders", ""),
                Axis.linear("orders", ""),
                List.of(toy.as(Style.MARKS_AND_LINE), store.as(Style.MARKS_AND_LINE)));
    }

    private static String observation(Seen toy, Seen store) {
        return "Of " + Quantity.number(toy.deleted) + " deleted orders, " + Quantity.number(toy.back)
                + " could be read again in the toy, and its snapshot was wrong about "
                + Quantity.number(toy.snapshotWrong)
                + " of " + Quantity.number(2.0 * toy.deleted)
                + " orders that had been deleted or changed after it; in the store "
                + Quantity.number(store.back) + " and " + Quantity.number(store.snapshotWrong)
                + ". A deletion that has been merged once may still hide something two levels further down.";
    }
}

package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.OrderedStore;

/** The memory store keeps the contract of ordered stores, and stores that break it are found out by it. */
class OrderedStoreContractTest extends KeyValueStoreContract
        implements OrderedStoreContract, ConcurrentStoreContract, ConcurrentOrderedStoreContract {
    private static final long SEED = 42;

    @Override
    public OrderedStore open(Path directory) {
        return new MemoryOrderedStore();
    }

    @Test
    @DisplayName("a range that includes its upper end is found out")
    void upperEndIncluded() {
        assertFoundOut(BrokenOrderedStore.UpperEndIncluded::new, OrderedStoreContract::ranges);
    }

    @Test
    @DisplayName("a cursor that takes its state late is found out, by the contract and by the model")
    void stateTakenLate() {
        assertFoundOut(BrokenOrderedStore.StateTakenLate::new, OrderedStoreContract::oneState);
        AssertionError failure =
                assertThrows(AssertionError.class, () -> model(SEED, BrokenOrderedStore.StateTakenLate::new));
        assertThat(failure.getMessage(), containsString("disagree after 3 steps (shrunk from"));
        assertThat(failure.getMessage(), containsString(" 1. open "));
        assertThat(failure.getMessage(), containsString("expected the cursor at none, it is at "));
    }

    @Test
    @DisplayName("a store whose cursors see parts of batches is found out")
    void batchesInPieces() {
        Contract contract = new Contract(BrokenOrderedStore.BatchesInPieces::new);
        assertThrows(AssertionError.class, contract::wholeBatches);
    }

    @Test
    @DisplayName("a store whose cursors go on when it is closed is found out")
    void cursorsOutliveTheStore() {
        assertFoundOut(BrokenOrderedStore.CursorsOutliveIt::new, OrderedStoreContract::closedStore);
    }

    @Test
    @DisplayName("the memory store and its cursors agree with a sorted map in random runs")
    void memoryStoreAgrees() {
        for (int round = 0; round < 10; round++) {
            model(Seeds.base() + round, MemoryOrderedStore::new);
        }
    }

    private void model(long seed, Supplier<OrderedStore> stores) {
        StoreModel.defaults()
                .withCursors(3)
                .withSeed(seed)
                .withoutTraceFiles()
                .check(StoreSubject.of("store", this::newDirectory, unused -> stores.get()));
    }

    private static void assertFoundOut(Supplier<OrderedStore> broken, Consumer<OrderedStoreContract> test) {
        Contract contract = new Contract(broken);
        assertThrows(AssertionError.class, () -> test.accept(contract));
    }

    private record Contract(Supplier<OrderedStore> stores)
            implements OrderedStoreContract, ConcurrentOrderedStoreContract {
        @Override
        public OrderedStore open(Path directory) {
            return stores.get();
        }

        @Override
        public Path newDirectory() {
            return Path.of("unused");
        }
    }
}

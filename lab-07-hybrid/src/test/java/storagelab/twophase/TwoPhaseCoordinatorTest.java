package storagelab.twophase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.testkit.twophase.AwayParticipant.Way;
import storagelab.testkit.twophase.TwoStores;

@Tag("7.10")
class TwoPhaseCoordinatorTest {
    private final CrashDisk disk = CrashDisk.create();
    private TwoStores stores;

    @BeforeEach
    void open() {
        stores = TwoStores.open(disk.root(), TwoStores.LARGE_FILE_BYTES);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    @DisplayName("two participants cost five forced writes, and both have their batch")
    void twoParticipants() {
        long before = disk.counters().syncs();
        Set<String> pending = stores.coordinator().commit(stores.work(put("stock", "9"), put("order 1", "umbrella")));
        assertThat("forced writes of 2 participants: 2n + 1", disk.counters().syncs() - before, is(5L));
        assertThat("participants that have not acknowledged", pending, is(empty()));
        assertThat("what is there", stores.content(), is(Map.of("stock", "9", "order 1", "umbrella")));
        assertThat("COMMIT records that wait", stores.log().waiting(), is(anEmptyMap()));
    }

    @Test
    @DisplayName("a participant alone, and one next to a participant that only reads, cost one forced write")
    void oneParticipant() {
        long before = disk.counters().syncs();
        stores.coordinator().commit(Map.of(stores.prices(), put("stock", "9")));
        assertThat("forced writes of one participant alone", disk.counters().syncs() - before, is(1L));
        stores.coordinator().commit(stores.work(put("stock", "8"), new WriteBatch()));
        assertThat("forced writes with one that only reads", disk.counters().syncs() - before, is(2L));
        stores.coordinator().commit(stores.work(new WriteBatch(), new WriteBatch()));
        assertThat("forced writes when both only read", disk.counters().syncs() - before, is(2L));
        assertThat("what is there", stores.content(), is(Map.of("stock", "8")));
    }

    @Test
    @DisplayName("a NO aborts all, costs no forced write more, and is said with its reason")
    void refused() {
        stores.prices().prepare(1, put("stock", "9"));
        long before = disk.counters().syncs();
        TransactionConflictException refusal = assertThrows(
                TransactionConflictException.class,
                () -> stores.coordinator().commit(stores.work(put("stock", "8"), put("order 2", "tent"))));
        assertThat(
                refusal.getMessage(),
                allOf(containsString("prices refuses"), containsString("stock"), containsString("transaction 1")));
        assertThat(
                "forced writes: orders has prepared, nothing else",
                disk.counters().syncs() - before,
                is(1L));
        assertThat("what is there", stores.content(), is(anEmptyMap()));
        assertThat("in doubt in orders", stores.orders().inDoubt(), is(empty()));
        stores.coordinator().commit(stores.work(put("price", "3"), put("order 2", "boots")));
        assertThat("other keys go on", stores.content(), is(Map.of("price", "3", "order 2", "boots")));
    }

    @Test
    @DisplayName(
            "a participant that stays away before the decision aborts the transaction and locks nothing of the others")
    void awayWhenPreparing() {
        stores.prices().whenPreparing(Way.REQUEST_LOST);
        assertThrows(
                StorageIoException.class,
                () -> stores.coordinator().commit(stores.work(put("stock", "9"), put("order 1", "umbrella"))));
        stores.coordinator().commit(Map.of(stores.orders(), put("order 1", "tent")));
        assertThat("what is there", stores.content(), is(Map.of("order 1", "tent")));
    }

    @Test
    @DisplayName("a participant whose YES was lost is in doubt, and the resolver aborts it")
    void answerLost() {
        stores.prices().whenPreparing(Way.ANSWER_LOST).whenFinishing(Way.REQUEST_LOST);
        assertThrows(
                StorageIoException.class,
                () -> stores.coordinator().commit(stores.work(put("stock", "9"), put("order 1", "umbrella"))));
        assertThat("participants that are pending", stores.resolve(), contains("prices"));
        stores.prices().whenPreparing(Way.OPEN).whenFinishing(Way.OPEN);
        assertThat("in doubt in prices", stores.prices().inDoubt().size(), is(1));
        assertThat("participants that are pending", stores.resolve(), is(empty()));
        assertThat("in doubt in prices", stores.prices().inDoubt(), is(empty()));
        assertThat("what is there", stores.content(), is(anEmptyMap()));
    }

    @Test
    @DisplayName(
            "a participant that stays away after the decision keeps its keys and its COMMIT record, over two openings, and nothing else")
    void awayWhenFinishing() {
        stores.orders().whenFinishing(Way.REQUEST_LOST);
        assertThat(
                "participants that have not acknowledged",
                stores.coordinator().commit(stores.work(put("stock", "9"), put("order 1", "umbrella"))),
                contains("orders"));
        stores.coordinator().commit(stores.work(put("stock", "8"), new WriteBatch()));
        assertThrows(
                TransactionConflictException.class,
                () -> stores.coordinator().commit(Map.of(stores.orders(), put("order 1", "tent"))));
        stores.coordinator().commit(Map.of(stores.orders(), put("order 2", "tent")));
        assertThat("what is there", stores.content(), is(Map.of("stock", "8", "order 2", "tent")));
        for (int opening = 1; opening <= 2; opening++) {
            stores.close();
            stores = TwoStores.open(disk.root(), TwoStores.LARGE_FILE_BYTES);
            stores.orders().whenFinishing(Way.REQUEST_LOST);
            assertThat("pending at opening " + opening, stores.resolve(), contains("orders"));
            assertThat("COMMIT records that wait", stores.log().waiting().values(), contains(Set.of("orders")));
        }
        stores.orders().whenFinishing(Way.OPEN);
        assertThat("participants that are pending", stores.resolve(), is(empty()));
        assertThat(
                "what is there", stores.content(), is(Map.of("stock", "8", "order 1", "umbrella", "order 2", "tent")));
        assertThat("COMMIT records that wait", stores.log().waiting(), is(anEmptyMap()));
    }

    @Test
    @DisplayName("an acknowledgement that was lost changes nothing: the second commit finds nothing to do")
    void acknowledgementLost() {
        stores.orders().whenFinishing(Way.ANSWER_LOST);
        stores.coordinator().commit(stores.work(put("stock", "9"), put("order 1", "umbrella")));
        stores.orders().whenFinishing(Way.OPEN);
        stores.coordinator().commit(Map.of(stores.orders(), put("order 1", "tent")));
        assertThat("participants that are pending", stores.resolve(), is(empty()));
        assertThat("what is there", stores.content(), is(Map.of("stock", "9", "order 1", "tent")));
    }

    @Test
    @DisplayName("a transaction that the coordinator is still at work on is left alone by the resolver")
    void undecided() {
        long running = stores.log().begin();
        stores.orders().prepare(running, put("order 1", "umbrella"));
        assertThat("participants that are pending", stores.resolve(), is(empty()));
        assertThat("in doubt in orders", stores.orders().inDoubt(), contains(running));
    }

    private static WriteBatch put(String key, String value) {
        return new WriteBatch().put(Slice.utf8(key), Slice.utf8(value));
    }
}

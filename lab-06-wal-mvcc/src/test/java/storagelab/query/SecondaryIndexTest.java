package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.query.SecondaryIndex.IndexEntry;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.query.BatchTransaction;

@Tag("6.12")
class SecondaryIndexTest {
    private static final Schema CITIES = new Schema(
            List.of(
                    Column.required("id", ColumnType.BIGINT),
                    Column.required("country", ColumnType.TEXT),
                    Column.optional("population", ColumnType.INT)),
            List.of("id"));
    private static final List<KeyColumn> COLUMNS = List.of(
            KeyColumn.ascending(Column.required("country", ColumnType.TEXT)),
            KeyColumn.descending(Column.optional("population", ColumnType.INT)));
    private static final Row PARIS = Row.of(2988507L, "FR", 2138551);

    private final MemoryOrderedStore store = new MemoryOrderedStore();
    private final BatchTransaction transaction = new BatchTransaction(store);

    @Test
    @DisplayName("the entry of a row: the columns of the index and of the primary key, or the latter as the value")
    void entries() {
        assertThat(
                index(false).entry(PARIS),
                is(new IndexEntry(hex("007100000007" + "46520000" + "fe7fdf5e48" + "80000000002d99db"), Slice.EMPTY)));
        assertThat(
                index(true).entry(PARIS),
                is(new IndexEntry(hex("007100000007" + "46520000" + "fe7fdf5e48"), hex("80000000002d99db"))));
        assertThat(
                "with a null, which is equal to nothing",
                index(true).entry(Row.of(5L, "FR", null)),
                is(new IndexEntry(hex("007100000007" + "46520000" + "ff" + "8000000000000005"), Slice.EMPTY)));
        for (boolean isUnique : new boolean[] {true, false}) {
            IndexEntry entry = index(isUnique).entry(PARIS);
            assertThat(index(isUnique).decode(entry.key(), entry.value()), is(PARIS));
        }
    }

    @Test
    @DisplayName("a row is found under its new values after a change, and nowhere after it was removed")
    void changes() {
        SecondaryIndex index = index(false);
        Row grown = Row.of(2988507L, "FR", 2200000);
        index.insert(transaction, PARIS);
        assertThat(transaction.get(index.entry(PARIS).key()).isPresent(), is(true));
        index.update(transaction, PARIS, grown);
        assertThat(
                "under the old population",
                transaction.get(index.entry(PARIS).key()).isPresent(),
                is(false));
        assertThat(
                "under the new population",
                transaction.get(index.entry(grown).key()).isPresent(),
                is(true));
        index.delete(transaction, grown);
        assertThat(
                "after the row was removed",
                transaction.get(index.entry(grown).key()).isPresent(),
                is(false));
    }

    @Test
    @DisplayName("a unique index refuses a second row with its values, but not the same row again")
    void unique() {
        SecondaryIndex index = index(true);
        index.insert(transaction, PARIS);
        transaction.commit(Durability.BUFFERED);
        Row other = Row.of(7L, "FR", 2138551);
        assertThrows(ConstraintViolationException.class, () -> index.insert(transaction, other));
        index.update(transaction, PARIS, other); // the same row with another primary key
        assertThat(
                transaction.get(index.entry(other).key()),
                is(Optional.of(index.entry(other).value())));
    }

    private static SecondaryIndex index(boolean isUnique) {
        return new SecondaryIndex(CITIES, new IndexDefinition(7, "by_size", isUnique, COLUMNS));
    }

    private static Slice hex(String digits) {
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(digits));
    }
}

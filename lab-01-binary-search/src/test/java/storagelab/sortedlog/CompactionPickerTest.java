package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.sortedlog.CompactionPicker.Run;
import storagelab.testkit.Seeds;

class CompactionPickerTest {
    private static final int TRIGGER = 4;

    @Test
    @DisplayName("four neighbours of about one size are merged; three are not")
    void examples() {
        assertThat(
                "three tables of about one size",
                CompactionPicker.pick(tables(100, 110, 90), TRIGGER),
                is(Optional.empty()));
        assertThat(
                "four tables of about one size",
                CompactionPicker.pick(tables(100, 110, 90, 100), TRIGGER),
                is(Optional.of(new Run(0, 4))));
        assertThat(
                "behind newer ones",
                CompactionPicker.pick(tables(1, 100, 110, 90, 100), TRIGGER),
                is(Optional.of(new Run(1, 5))));
    }

    @Test
    @DisplayName("a small table between large ones counts as large")
    void smallBetweenLarge() {
        assertThat(
                "a small table between large ones",
                CompactionPicker.pick(tables(1000, 1, 1000, 1000), TRIGGER),
                is(Optional.of(new Run(0, 4))));
    }

    @Test
    @DisplayName("with flushes of any sizes the number of tables grows with the logarithm of the data")
    void fewTables() {
        Seeds.check(5, random -> {
            List<Long> sizes = new ArrayList<>();
            for (int flush = 0; flush < 3000; flush++) {
                sizes.add(0, 1L + random.nextInt(1 << random.nextInt(12)));
                Optional<Run> run = pick(sizes);
                while (run.isPresent()) {
                    List<Long> merged =
                            sizes.subList(run.get().from(), run.get().to());
                    long sum = merged.stream().mapToLong(Long::longValue).sum();
                    merged.clear();
                    sizes.add(run.get().from(), sum);
                    run = pick(sizes);
                }
                assertThat("tables after flush " + flush + ": " + sizes, sizes.size(), is(lessThanOrEqualTo(3 * 13)));
            }
        });
    }

    private static Optional<Run> pick(List<Long> sizes) {
        return CompactionPicker.pick(
                tables(sizes.stream().mapToLong(Long::longValue).toArray()), TRIGGER);
    }

    private static List<TableInfo> tables(long... sizesNewestFirst) {
        List<TableInfo> tables = new ArrayList<>();
        for (long size : sizesNewestFirst) {
            tables.add(new TableInfo(1, 1, size, Slice.EMPTY, Slice.EMPTY));
        }
        return tables;
    }
}

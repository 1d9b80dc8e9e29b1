package storagelab.grader.bench.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineTask.Size;
import storagelab.grader.bench.engine.EngineTask.Timing;
import storagelab.grader.bench.engine.LoadedStore.LateException;
import storagelab.grader.bench.engine.PhaseResult.Figure;

@DisplayName("A run of an engine")
@Tag("same-on-every-jdk")
final class EngineRunTest {
    private static final int RECORDS = 2_000;
    private static final Timing SHORT = new Timing(1, 5, 20_000);

    @TempDir
    private Path directory = Path.of("");

    private List<PhaseResult> run(Supplier<? extends PeerEngine> engines, Set<EngineWorkload> workloads)
            throws IOException {
        List<PhaseResult> results = new ArrayList<>();
        EngineTask task = new EngineTask("", directory.toString(), new Size(RECORDS, 1 << 20), SHORT, workloads, 7);
        new EngineRun(task, engines, results::add, new Calibration(1)).run();
        return results;
    }

    @Test
    @DisplayName("does every workload, in order, and leaves nothing in its directory")
    void everything() throws IOException {
        List<PhaseResult> results = run(SkipListEngine::new, EnumSet.allOf(EngineWorkload.class));

        assertThat(results.stream().map(PhaseResult::workload).toList(), is(Arrays.asList(EngineWorkload.values())));
        assertThat(results.stream().map(PhaseResult::problem).toList(), everyItem(is("")));
        assertThat(results.stream().map(PhaseResult::perSecond).toList(), everyItem(greaterThan(0.0)));
        assertThat(results.stream().map(PhaseResult::pace).toList(), everyItem(greaterThan(0.0)));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.toList(), is(empty()));
        }
    }

    @Test
    @DisplayName("of the stores of labs 3, 4 and 5 gets right answers, and counts what they write and read")
    void stores() throws IOException {
        List<Supplier<PeerEngine>> stores = List.of(LogStoreEngine::new, BTreeEngine::new, LsmEngine::new);
        for (Supplier<PeerEngine> store : stores) {
            Set<EngineWorkload> workloads = EnumSet.allOf(EngineWorkload.class);
            workloads.removeAll(Set.of(
                    EngineWorkload.DURABLE_PUT_8,
                    EngineWorkload.YCSB_C,
                    EngineWorkload.TRANSACTIONS,
                    EngineWorkload.TRANSACTIONS_2,
                    EngineWorkload.TRANSACTIONS_8));
            List<PhaseResult> results = run(store, workloads);

            assertThat(results.stream().map(PhaseResult::problem).toList(), everyItem(is("")));
            PhaseResult load = of(EngineWorkload.FILL_RANDOM, results);
            assertThat(load.figures().get(Figure.FILE_TO_DATA), is(greaterThan(1.0)));
            assertThat(load.figures().get(Figure.OWN_WRITE_AMPLIFICATION), is(greaterThan(1.0)));
            double lost = of(EngineWorkload.REOPEN_KILL, results).figures().getOrDefault(Figure.RECORDS_LOST, -1.0);
            assertThat(
                    "only lab 4 has no log", lost, is(store.get() instanceof BTreeEngine ? greaterThan(0.0) : is(0.0)));
            assertThat(of(EngineWorkload.REOPEN_CLEAN, results).figures().get(Figure.RECORDS_LOST), is(0.0));
            Map<Figure, Double> puts = of(EngineWorkload.OVERLOAD, results).figures();
            double median = puts.getOrDefault(Figure.MICROS_MEDIAN, 0.0);
            assertThat(median, is(greaterThan(0.0)));
            assertThat(puts.get(Figure.MICROS_P999), is(greaterThanOrEqualTo(median)));
            assertThat(puts.get(Figure.MICROS_SYNC), is(greaterThan(0.0)));
            assertThat(
                    of(EngineWorkload.LARGE_READ, results).figures().get(Figure.PAGE_READS_PER_GET),
                    is(notNullValue()));
        }
    }

    @Test
    @DisplayName("of a shop gets right answers from the hybrid store and from lab 6's, and says how long requests take")
    void shop() throws IOException {
        Set<EngineWorkload> workloads = EnumSet.copyOf(Arrays.stream(EngineWorkload.values())
                .filter(workload -> workload.stage() == EngineWorkload.Stage.SHOP)
                .toList());
        List<Supplier<PeerEngine>> stores =
                List.of(HybridStoreEngine::new, CrashSafeEngine.Tree::new, CrashSafeEngine.Lsm::new);
        for (Supplier<PeerEngine> store : stores) {
            List<PhaseResult> results = run(store, workloads);

            assertThat(results.stream().map(PhaseResult::problem).toList(), everyItem(is("")));
            assertThat(results.size(), is(workloads.size()));
            Map<Figure, Double> figures = of(EngineWorkload.SHOP, results).figures();
            double p99 = figures.getOrDefault(Figure.MICROS_P99, 0.0);
            assertThat(p99, is(greaterThan(0.0)));
            assertThat(figures.get(Figure.MICROS_P999), is(greaterThanOrEqualTo(p99)));
            assertThat(figures.get(Figure.OWN_WRITE_AMPLIFICATION), is(greaterThan(0.0)));
        }
    }

    @Test
    @DisplayName(
            "of the store of lab 6, over both engines, finds every update of every transaction, and nothing lost by a kill")
    void transactions() throws IOException {
        List<Supplier<PeerEngine>> stores = List.of(CrashSafeEngine.Tree::new, CrashSafeEngine.Lsm::new);
        for (Supplier<PeerEngine> store : stores) {
            List<PhaseResult> results = run(
                    store,
                    EnumSet.of(EngineWorkload.TRANSACTIONS, EngineWorkload.TRANSACTIONS_8, EngineWorkload.REOPEN_KILL));

            assertThat(results.stream().map(PhaseResult::problem).toList(), everyItem(is("")));
            assertThat(results.stream().map(PhaseResult::perSecond).toList(), everyItem(greaterThan(0.0)));
            assertThat(of(EngineWorkload.REOPEN_KILL, results).figures().get(Figure.RECORDS_LOST), is(0.0));
        }
    }

    @Test
    @DisplayName("finds an update that another transaction has overwritten without having read it")
    void lostUpdate() throws IOException {
        List<PhaseResult> results = run(ForgetfulTransactions::new, EnumSet.of(EngineWorkload.TRANSACTIONS));

        assertThat(results.get(results.size() - 1).problem(), containsString("version"));
    }

    /** Has a tenth of its updates return without having written. */
    private static final class ForgetfulTransactions extends Faulty implements TransactionalEngine {
        private int updates;
        private boolean isMeasured;

        @Override
        public void open(Path place, EngineSettings settings) {
            isMeasured = !place.toString().contains("warm-up");
        }

        @Override
        public synchronized void update(byte[] key, Function<? super Slice, byte[]> change) {
            byte[] changed = change.apply(Objects.requireNonNull(get(key)));
            if (!isMeasured || ++updates % 10 != 0) {
                put(key, changed);
            }
        }
    }

    @Test
    @DisplayName("of an engine without transactions says so where they are asked for")
    void noTransactions() throws IOException {
        List<PhaseResult> results = run(BTreeEngine::new, EnumSet.of(EngineWorkload.TRANSACTIONS));

        assertThat(results.get(0).problem(), containsString("has no transactions"));
    }

    private static PhaseResult of(EngineWorkload workload, List<PhaseResult> results) {
        return results.stream()
                .filter(result -> result.workload() == workload)
                .findFirst()
                .orElseThrow();
    }

    /** An engine that is right until it has as many records as are measured, so that the warm-up does not notice. */
    private abstract static class Faulty implements PeerEngine {
        private final SkipListEngine right = new SkipListEngine();
        private int puts;

        /** Whether it goes wrong from now on. */
        boolean isWrong() {
            return puts >= RECORDS;
        }

        /** Whether the record is none of those that are loaded. */
        boolean isInserted(byte[] key) {
            return Records.number(Slice.wrap(key)) % 2 == 1;
        }

        @Override
        public void open(Path place, EngineSettings settings) {}

        @Override
        public void bulkLoad(Path place, EngineSettings settings, storagelab.api.Cursor sorted) {
            right.bulkLoad(place, settings, sorted);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            puts++;
            right.put(key, value);
        }

        @Override
        public void putAll(byte[][] keys, byte[][] values) {
            for (int i = 0; i < keys.length; i++) {
                put(keys[i], values[i]);
            }
        }

        @Override
        public @Nullable Slice get(byte[] key) {
            return right.get(key);
        }

        @Override
        public void scan(byte[] from, int limit, EntryVisitor visitor) {
            right.scan(from, limit, visitor);
        }

        @Override
        public void checkpoint() {}

        @Override
        public EngineCounters counters() {
            return new EngineCounters(1, EngineCounters.UNKNOWN);
        }

        @Override
        public void close() {}
    }

    static Stream<Arguments> faulty() {
        return Stream.of(
                fault("nothing for a record that was inserted", "was not found", () -> new Faulty() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        if (!isWrong() || !isInserted(key)) {
                            super.put(key, value);
                        }
                    }
                }),
                fault("the value of another record", "is that of record 0", () -> new Faulty() {
                    @Override
                    public @Nullable Slice get(byte[] key) {
                        return isWrong() ? Slice.wrap(Records.value(0, 0)) : super.get(key);
                    }
                }),
                fault("half of a value", "is 50 bytes long and not 100", () -> new Faulty() {
                    @Override
                    public @Nullable Slice get(byte[] key) {
                        Slice value = super.get(key);
                        return isWrong() && value != null ? value.subSlice(0, 50) : value;
                    }
                }),
                fault("nothing where there is a record", "was not found", () -> new Faulty() {
                    @Override
                    public @Nullable Slice get(byte[] key) {
                        return isWrong() ? null : super.get(key);
                    }
                }),
                fault("a record where there is none", "was found, and nobody put it", () -> new Faulty() {
                    @Override
                    public @Nullable Slice get(byte[] key) {
                        Slice value = super.get(key);
                        return isWrong() && value == null ? Slice.wrap(Records.value(1, 0)) : value;
                    }
                }),
                fault("a scan without its last record", "records and not", () -> new Faulty() {
                    @Override
                    public void scan(byte[] from, int limit, EntryVisitor visitor) {
                        super.scan(from, isWrong() ? limit - 1 : limit, visitor);
                    }
                }),
                fault("a scan that shows a record twice", "came after the key of record", () -> new Faulty() {
                    @Override
                    public void scan(byte[] from, int limit, EntryVisitor visitor) {
                        super.scan(from, limit, (key, value) -> {
                            visitor.entry(key, value);
                            if (isWrong()) {
                                visitor.entry(key, value);
                            }
                        });
                    }
                }),
                fault("a value before it was overwritten", "was stored last", () -> new Faulty() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        if (!isWrong() || isInserted(key)) {
                            super.put(key, value);
                        }
                    }
                }),
                fault("a value with one wrong bit", "some bytes of the value", () -> new Faulty() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        value[Records.VALUE_BYTES - 1] ^= (byte) (isWrong() ? 1 : 0);
                        super.put(key, value);
                    }
                }));
    }

    private static Arguments fault(String name, String words, Supplier<PeerEngine> engines) {
        return Arguments.of(name, words, engines);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faulty")
    @DisplayName("finds out an engine that gives")
    void wrongAnswers(String name, String words, Supplier<PeerEngine> engines) throws IOException {
        Set<EngineWorkload> workloads = EnumSet.of(
                EngineWorkload.FILL_RANDOM,
                EngineWorkload.OVERWRITE,
                EngineWorkload.READ_RANDOM,
                EngineWorkload.READ_MISS,
                EngineWorkload.FULL_SCAN,
                EngineWorkload.YCSB_D);

        List<PhaseResult> results = run(engines, workloads);

        List<String> problems = results.stream()
                .map(PhaseResult::problem)
                .filter(problem -> !problem.isEmpty())
                .distinct()
                .toList();
        assertThat(problems, hasItem(allOf(containsString("Wrong answer"), containsString(words))));
        assertThat(
                "no figure of a wrong engine stands",
                results.stream()
                        .filter(result -> !result.problem().isEmpty())
                        .map(PhaseResult::workload)
                        .collect(Collectors.toSet()),
                is(workloads));
    }

    @Test
    @DisplayName("stops a load that takes too long, and says how far it was")
    void late() throws Exception {
        LoadedStore store = new LoadedStore(new SkipListEngine(), RECORDS, 7);

        LateException late = assertThrows(LateException.class, () -> store.fill(i -> i, 1, 0));

        assertThat(late.getMessage(), is("stopped after 0 s with 1,024 of 2,000 records"));
        store.close();
    }
}

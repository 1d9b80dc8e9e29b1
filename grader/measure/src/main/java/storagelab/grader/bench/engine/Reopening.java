package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.KilledStore.Contents;
import storagelab.grader.bench.engine.PhaseResult.Figure;

/** Opens stores that were left behind with some records, and looks what is in them. */
final class Reopening {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLI = 1e6;

    private final Supplier<? extends PeerEngine> engines;
    private final EngineSettings settings;
    private final Contents contents;

    Reopening(Supplier<? extends PeerEngine> engines, EngineSettings settings, Contents contents) {
        this.engines = engines;
        this.settings = settings;
        this.contents = contents;
    }

    /** Leaves a store in {@code directory} that was closed after the last put. */
    void leaveClosed(Path directory) throws IOException {
        try (PeerEngine engine = engines.get()) {
            engine.open(directory, settings);
            contents.putInto(engine);
        }
    }

    /** Leaves a store in {@code directory} whose process was killed after the last put. */
    void leaveKilled(Path directory) throws IOException {
        KilledStore.leave(directory, engines.get().getClass().getName(), settings, contents);
    }

    /** Opens the store in {@code directory} and gets a record, and says how often that could be done in a second. */
    double reopen(Path directory, Map<Figure, Double> figures) throws IOException {
        try (PeerEngine engine = engines.get()) {
            long start = System.nanoTime();
            engine.open(directory, settings);
            Slice unused = engine.get(Records.key(contents.number(0)));
            double nanos = System.nanoTime() - start;
            figures.put(Figure.MILLIS, nanos / NANOS_A_MILLI);
            figures.put(Figure.RECORDS_LOST, (double) lost(engine));
            return NANOS_A_SECOND / nanos;
        }
    }

    /** How many records are not there; those that are have to be right. */
    private int lost(PeerEngine engine) throws IOException {
        int lost = 0;
        for (int i = 0; i < contents.count(); i++) {
            long number = contents.number(i);
            @Nullable Slice value = engine.get(Records.key(number));
            if (value == null) {
                lost++;
            } else {
                Records.checkWhole(value, number, 0);
            }
        }
        return lost;
    }
}

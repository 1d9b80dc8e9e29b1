package storagelab.grader.bench.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.EngineTask;
import storagelab.grader.bench.engine.EngineTask.Size;
import storagelab.grader.bench.engine.EngineTask.Timing;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PeerEngine;
import storagelab.grader.bench.engine.PhaseResult;
import storagelab.grader.bench.engine.SkipListEngine;
import storagelab.grader.run.JvmProfile;

@DisplayName("The JVM of an engine")
final class EngineJvmTest {
    private static final long PATIENCE_MILLIS = 600_000;

    @TempDir
    private Path directory = Path.of("");

    private final List<PhaseResult> results = new ArrayList<>();

    private String run(String type, long timeoutMillis) throws Exception {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        EngineTask task = new EngineTask(
                type,
                directory.toString(),
                new Size(1_000, 1 << 20),
                new Timing(1, 1, 10_000),
                Set.of(EngineWorkload.FILL_RANDOM, EngineWorkload.READ_RANDOM),
                1);
        return new EngineJvm(classPath, timeoutMillis).run(task, JvmProfile.ENGINE, results::add);
    }

    @Test
    @DisplayName("sends its results")
    void results() throws Exception {
        assertThat(run(SkipListEngine.class.getName(), PATIENCE_MILLIS), is(""));
        assertThat(
                results.stream().map(PhaseResult::workload).toList(),
                is(List.of(EngineWorkload.FILL_RANDOM, EngineWorkload.READ_RANDOM)));
        assertThat(results.get(1).perSecond() > 0, is(true));
    }

    @Test
    @DisplayName("says which class is not there")
    void missing() throws Exception {
        assertThat(
                run("storagelab.peers.NoEngine", PATIENCE_MILLIS),
                startsWith("java.lang.ClassNotFoundException: storagelab.peers.NoEngine"));
        assertThat(results, is(empty()));
    }

    /** An engine that does nothing when it is opened; its heirs do. */
    private abstract static class Opening implements PeerEngine {
        @Override
        public void bulkLoad(Path place, EngineSettings settings, Cursor sorted) {}

        @Override
        public void put(byte[] key, byte[] value) {}

        @Override
        public void putAll(byte[][] keys, byte[][] values) {}

        @Override
        public @Nullable Slice get(byte[] key) {
            return null;
        }

        @Override
        public void scan(byte[] from, int limit, EntryVisitor visitor) {}

        @Override
        public void checkpoint() {}

        @Override
        public EngineCounters counters() {
            return new EngineCounters(0, 0);
        }

        @Override
        public void close() {}
    }

    /** Its native library is for another machine. */
    public static final class Unlinked extends Opening {
        @Override
        public void open(Path place, EngineSettings settings) {
            throw new UnsatisfiedLinkError("liblmdb.so: wrong ELF class");
        }
    }

    /** Takes its JVM with it. */
    public static final class Crashing extends Opening {
        @Override
        public void open(Path place, EngineSettings settings) {
            System.err.println("SIGSEGV in liblmdb.so");
            Runtime.getRuntime().halt(134);
        }
    }

    /** Never comes back. */
    public static final class Endless extends Opening {
        @Override
        public void open(Path place, EngineSettings settings) {
            while (true) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @DisplayName("says so if a native library does not load, if it ends, and if it does not")
    void ends() throws Exception {
        assertThat(
                run(Unlinked.class.getName(), PATIENCE_MILLIS),
                startsWith("java.lang.UnsatisfiedLinkError: liblmdb.so: wrong ELF class"));
        assertThat(
                run(Crashing.class.getName(), PATIENCE_MILLIS),
                is("its JVM ended with exit code 134: SIGSEGV in liblmdb.so"));
        assertThat(run(Endless.class.getName(), 3_000), containsString("not done after 3 s"));
        assertThat(results, is(empty()));
    }
}

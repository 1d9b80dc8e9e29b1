package storagelab.grader.bench.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import storagelab.api.Durability;
import storagelab.grader.run.ChildProcess;
import storagelab.grader.run.JvmProfile;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.run.WorkerSpec;

/** A store in a JVM of its own, which is killed after the last put has returned: with SIGKILL, where there are signals. */
public final class KilledStore {
    private static final String DONE = "records-put";

    private KilledStore() {}

    /**
     * Puts records into a new store of another process, one commit each and none of them synced, and kills that process.
     *
     * @param directory of the store; there, and empty
     * @param type name of the class of the engine
     */
    static void leave(Path directory, String type, EngineSettings settings, Contents contents) throws IOException {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        Path above = Objects.requireNonNull(directory.toAbsolutePath().getParent());
        WorkerSpec spec = new WorkerSpec(JvmProfile.ENGINE, new PlainSandbox(), classPath, above);
        List<String> arguments = List.of(
                directory.toString(),
                type,
                Long.toString(settings.cacheBytes()),
                Long.toString(settings.dataBytes()),
                Integer.toString(contents.count()),
                Long.toString(contents.seed()));
        try (ChildProcess child = spec.start(KilledStore.class.getName(), arguments);
                BufferedReader lines = new BufferedReader(new InputStreamReader(child.standardOutput(), UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.equals(DONE)) {
                line = lines.readLine();
            }
            child.close();
            int unused = child.exitCode();
            if (line == null) {
                throw new IOException("the process that was to be killed ended by itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process was killed", e);
        }
    }

    /** Which records are put. */
    static final class Contents {
        private final int count;
        private final long seed;
        private final KeyOrder order;

        /**
         * @param seed of the order in which they are put
         */
        Contents(int count, long seed) {
            this.count = count;
            this.seed = seed;
            order = new KeyOrder(count, seed);
        }

        int count() {
            return count;
        }

        long seed() {
            return seed;
        }

        /** The number of the record that is put after {@code place} others. */
        long number(int place) {
            return 2L * order.at(place);
        }

        void putInto(PeerEngine engine) throws IOException {
            for (int i = 0; i < count; i++) {
                long number = number(i);
                engine.put(Records.key(number), Records.value(number, 0));
            }
        }
    }

    /** The process that will be killed. If nobody kills it, it ends when nobody listens any more. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path directory = Path.of(arguments[0]);
        PeerEngine engine = Class.forName(arguments[1])
                .asSubclass(PeerEngine.class)
                .getDeclaredConstructor()
                .newInstance();
        EngineSettings settings =
                new EngineSettings(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]), Durability.BUFFERED);
        engine.open(directory, settings);
        new Contents(Integer.parseInt(arguments[4]), Long.parseLong(arguments[5])).putInto(engine);
        System.out.println(DONE);
        int unused = System.in.read();
        Runtime.getRuntime().halt(1);
    }
}

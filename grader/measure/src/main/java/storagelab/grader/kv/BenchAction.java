package storagelab.grader.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;
import storagelab.grader.cli.Json;

/** {@code bench}: measures a store with a short load. */
@Command(
        name = "bench",
        customSynopsis = "bench",
        description = {
            "Measure puts, gets and scans for a few seconds each. If there is a store in DIR, it is only read: gets and scans of its",
            "own keys. If there is none, one is made as --engine says, filled, measured, and deleted again.",
            "One thread calls the store and waits for each call, which is timed; a quarter of the time before is not counted.",
            "Compare numbers of one machine and one run. lab bench compares with other stores.",
            ""
        })
final class BenchAction extends KvAction {
    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "A store that is made gets N entries; of one that is there, up to N keys are used (default:"
                    + " ${DEFAULT-VALUE}).")
    private int entries = 100_000;

    @Option(
            names = "--value-bytes",
            paramLabel = "N",
            description = "Values of a store that is made have N bytes (default: ${DEFAULT-VALUE}).")
    private int valueBytes = 100;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Time for each kind of call (default: ${DEFAULT-VALUE}).")
    private double seconds = 2;

    @Option(names = "--keep", description = "Do not delete the store that was made.")
    private boolean isKept;

    BenchAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        if (entries < 1 || valueBytes < 0 || !(seconds > 0)) {
            throw LabException.usage(
                    "--entries, --value-bytes and --seconds are " + entries + ", " + valueBytes + " and " + seconds
                            + ".",
                    "Give them at least one entry, no negative size, and some time.");
        }
        session.checkNoTransaction();
        BenchRun run = new BenchRun(session, new BenchRun.Plan(entries, valueBytes, (long) (seconds * 1e9)));
        if (session.place().kind().isPresent()) {
            OpenStore store = session.toRead();
            print(store, run.reads(store.entries()));
        } else {
            measureNew(run);
        }
        return 0;
    }

    private void measureNew(BenchRun run) {
        Path home = session.place().home();
        boolean isNew = !Files.exists(home);
        OpenStore store = session.toWriteOrMake();
        try {
            print(store, run.everything(store));
        } finally {
            session.release();
            if (!isKept) {
                delete(home, isNew);
            }
        }
    }

    private static void delete(Path home, boolean withDirectory) {
        try {
            if (withDirectory) {
                PathUtils.deleteDirectory(home);
            } else {
                PathUtils.cleanDirectory(home);
            }
        } catch (IOException e) {
            throw new LabException(
                    "The store that was measured cannot be deleted: " + e.getMessage() + ".", "Delete " + home + ".");
        }
    }

    private void print(OpenStore store, List<BenchRun.Result> results) {
        if (options.isJson()) {
            results.forEach(result -> say(Json.line(result)));
            return;
        }
        say("Times of " + store.kind().description() + ", in microseconds, one thread:");
        say(String.format(
                Locale.ROOT,
                "%-28s %11s %11s %9s %9s %9s %10s",
                "",
                "calls",
                "a second",
                "p50",
                "p99",
                "p99.9",
                "longest"));
        for (BenchRun.Result result : results) {
            say(String.format(
                    Locale.ROOT,
                    "%-28s %,11d %,11.0f %,9.1f %,9.1f %,9.1f %,10.1f",
                    result.call(),
                    result.calls(),
                    result.callsPerSecond(),
                    result.p50Micros(),
                    result.p99Micros(),
                    result.p999Micros(),
                    result.longestMicros()));
        }
        say(
                "The files are in the memory of the operating system where it has room; a larger store than that is slower.");
    }
}

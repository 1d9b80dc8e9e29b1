package storagelab.testkit.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.file.StatsRecorder;
import storagelab.manifest.TextManifest;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;

/**
 * Edits are applied to a text manifest, one after the other, and the power is cut at every moment. The list that is there
 * afterwards has to be that of the last edit that was acknowledged or of the one after it, with nothing beside it.
 */
public final class TextManifestCrashes {
    private final StatsRecorder stats = new StatsRecorder();
    private final int edits;
    private final IntFunction<VersionEdit> edit;

    /**
     * Of so many edits.
     *
     * @param edit the one of each number from 1 on; its log has the same number
     */
    public TextManifestCrashes(int edits, IntFunction<VersionEdit> edit) {
        this.edits = edits;
        this.edit = edit;
    }

    /** Fails if some crash leaves anything else, and says what was tried. */
    public CrashReport explore(long seed) throws Exception {
        return CrashExplorer.explore(CrashExplorerOptions.defaults().withSeed(seed), this::run, this::check);
    }

    private void run(CrashDisk crashing) {
        TextManifest manifest = TextManifest.open(crashing.root(), stats);
        for (int i = 1; i <= edits; i++) {
            manifest.apply(edit.apply(i));
            crashing.ack(i);
        }
    }

    private void check(CrashPoint crash) throws IOException {
        int last = crash.acknowledged().size();
        TextManifest manifest = TextManifest.open(crash.root(), stats);
        long there = manifest.logNumber();
        assertTrue(there == last || there == last + 1, there + " of " + last + " edits are there");
        Version expected = Version.empty();
        long nextFileNumber = 0;
        for (int i = 1; i <= there; i++) {
            expected = expected.with(edit.apply(i));
            nextFileNumber = edit.apply(i).nextFileNumber().orElse(nextFileNumber);
        }
        assertEquals(expected.runs(), manifest.current().runs(), "runs of the text after edit " + there);
        assertEquals(nextFileNumber, manifest.nextFileNumber(), "the next file number after edit " + there);
        try (Stream<Path> files = Files.list(crash.root())) {
            assertTrue(files.count() <= 1, "something is beside the list after it was opened");
        }
    }
}

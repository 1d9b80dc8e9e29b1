package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;

/** A disk with a store's directory, for the hidden tests of 5.6. */
final class ManifestDisk {
    final CrashDisk disk = CrashDisk.create();
    final Path home = disk.root();
    final StatsRecorder stats = new StatsRecorder();

    static FileMetadata table(long number, String from, String to) {
        return new FileMetadata(number, 300, Blocks.put(from, 5), Blocks.put(to, 6));
    }

    VersionSet create() {
        return VersionSet.create(home, stats, ManifestFormat.LEVELDB);
    }

    VersionSet recover() {
        return VersionSet.recover(home, stats, ManifestFormat.LEVELDB);
    }

    TreeSet<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            TreeSet<String> names = new TreeSet<>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            return names;
        }
    }

    /** The edits of a manifest of one 32 KiB block, by the format of logs and of edits, without a look at checksums. */
    List<VersionEdit> edits(String manifest) throws IOException {
        byte[] bytes = Files.readAllBytes(home.resolve(manifest));
        List<VersionEdit> edits = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = (bytes[at + 4] & 0xff) | (bytes[at + 5] & 0xff) << 8;
            assertEquals(1, bytes[at + 6], "the type of the chunk at " + at + ": a whole record");
            edits.add(VersionEdit.decode(Slice.wrap(bytes, at + 7, length)));
            at += 7 + length;
        }
        return edits;
    }

    static List<Long> numbers(List<FileMetadata> tables) {
        return tables.stream().map(FileMetadata::number).toList();
    }
}

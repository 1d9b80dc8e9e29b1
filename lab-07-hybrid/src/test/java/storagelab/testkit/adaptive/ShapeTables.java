package storagelab.testkit.adaptive;

import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;

/** Versions of which there are only sizes. */
public final class ShapeTables {
    private ShapeTables() {}

    /** A table with keys from a to z. */
    public static FileMetadata table(long number, long bytes) {
        return new FileMetadata(
                number,
                bytes,
                InternalKey.of(Slice.utf8("a"), 1, ValueKind.VALUE),
                InternalKey.of(Slice.utf8("z"), 1, ValueKind.VALUE));
    }

    /** A version with one table of so many bytes, on the last level. */
    public static Version oneRun(long bytes) {
        return Version.empty().with(new VersionEdit().add(Version.LEVELS - 1, table(1, bytes)));
    }
}

package storagelab.compaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.table.InternalKey;
import storagelab.table.ValueKind;

/**
 * Says which entries of a merge nobody can ever see again. It is asked for every entry, in order, so that of a key the
 * newest comes first.
 *
 * <ul>
 *   <li>An entry that has a newer one of the same key before it goes, if that newer one is not newer than the oldest
 *       snapshot: whoever would read the older one sees the newer one.
 *   <li>A deletion goes, if it is not newer than the oldest snapshot and no level below the output may have the key:
 *       there is nothing left that it hides. If there were, it would come back from the dead.
 * </ul>
 *
 * <p>Example, with the oldest snapshot at 7: of {@code a@9, a@6, a@4†, a@2} a snapshot at 7 or 8 sees {@code a@6}, and
 * nobody sees what is older. {@code a@9} and {@code a@6} stay.
 *
 * <p>Concurrency: one thread.
 */
final class EntryFilter {
    private static final long NONE = Long.MAX_VALUE;

    private final Version version;
    private final int outputLevel;
    private final long oldestSnapshot;
    private @Nullable Slice key;
    private long newerSequence = NONE; // of the entry of the key that came before

    EntryFilter(Version version, int outputLevel, long oldestSnapshot) {
        this.version = version;
        this.outputLevel = outputLevel;
        this.oldestSnapshot = oldestSnapshot;
    }

    /** Whether the entry goes. */
    boolean drops(Slice internalKey) {
        Slice user = InternalKey.userKey(internalKey);
        if (!user.equals(key)) {
            key = user;
            newerSequence = NONE;
        }
        boolean isHidden = newerSequence <= oldestSnapshot;
        newerSequence = InternalKey.sequence(internalKey);
        return isHidden
                || (InternalKey.kind(internalKey) == ValueKind.DELETION
                        && newerSequence <= oldestSnapshot
                        && !mayBeBelow(user));
    }

    private boolean mayBeBelow(Slice user) {
        for (int level = outputLevel + 1; level < Version.LEVELS; level++) {
            List<FileMetadata> files = version.files(level);
            int first = version.firstNotBefore(level, InternalKey.seekKey(user, InternalKey.MAX_SEQUENCE));
            if (first < files.size() && files.get(first).smallestUserKey().compareTo(user) <= 0) {
                return true;
            }
        }
        return false;
    }
}

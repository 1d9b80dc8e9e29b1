package storagelab.writeback;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * What a key was given by one operation, and what it had before.
 *
 * @param sequence of the operation
 * @param value that was put; null if the key was deleted
 * @param older what the key had before in the same {@link DirtySet}, if a snapshot may read it; null if none does
 * @param bytes that this version and the older ones take: their values, and {@link #BYTES} for each
 */
record DirtyVersion(
        long sequence, @Nullable Slice value, @Nullable DirtyVersion older, long bytes) {
    /** What a version takes in memory besides its value, about. */
    static final long BYTES = 80;

    DirtyVersion(long sequence, @Nullable Slice value, @Nullable DirtyVersion older) {
        this(sequence, value, older, BYTES + (value == null ? 0 : value.length()) + (older == null ? 0 : older.bytes));
    }

    /**
     * The newest version that is not later than {@code wanted}: this one, or one behind it; null if there is none.
     *
     * <p>Example: of 5=c before 3=b before 1=a, 4 finds 3=b and 0 finds null.
     */
    @Nullable
    @ExercisePart("7.4")
    DirtyVersion at(long wanted) {
        DirtyVersion version = this;
        while (version != null && version.sequence > wanted) {
            version = version.older;
        }
        return version;
    }
}

package storagelab.compaction;

import java.util.List;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.manifest.FileMetadata;

/**
 * Where the entries go that a merge keeps: tables, one after the other. Where a table ends is up to the merge.
 *
 * <p>Concurrency: one thread.
 */
public interface MergeOutput {
    /**
     * Appends an entry to the table that is being written; begins one if there is none.
     *
     * @param internalKey greater than all that were added before
     * @throws StorageIoException if it cannot be written
     */
    void add(Slice internalKey, Slice value);

    /** Bytes of the table that is being written; 0 if there is none. */
    long sizeBytes();

    /** Ends the table that is being written, if there is one: the next entry begins another. */
    void cut();

    /** Ends the last table, and returns all of them, in order, when they are on the disk. There may be none. */
    List<FileMetadata> finish();
}

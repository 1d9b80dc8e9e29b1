package storagelab.btree;

/** Where the pages of a tree are read. */
public interface PageSource {
    /** Stands for no page: as the root of an empty tree. */
    int NO_PAGE = 0;

    /** Size of every page. */
    int pageSizeBytes();

    /**
     * The bytes of a page, to look at and not to change.
     *
     * @throws storagelab.api.CorruptionException if they are not what was written
     */
    byte[] read(int page);

    /** As {@link #read}, for a page that is wanted once: it does not push others out of a memory that is limited. */
    default byte[] readOnce(int page) {
        return read(page);
    }
}

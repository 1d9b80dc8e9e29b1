package storagelab.archive;

/**
 * What was asked of an object store.
 *
 * @param puts objects that were stored
 * @param gets objects, or parts of them, that were read, and sizes that were asked for
 * @param lists pages of lists
 * @param deletes objects that were deleted
 * @param failures requests of any kind that threw; they are not in the other numbers
 * @param bytesUp of the objects that were stored
 * @param bytesDown that were read of objects
 */
public record RequestCounts(
        long puts, long gets, long lists, long deletes, long failures, long bytesUp, long bytesDown) {
    /** All requests, those that failed included. */
    public long requests() {
        return puts + gets + lists + deletes + failures;
    }

    /** What came after {@code earlier}. */
    public RequestCounts since(RequestCounts earlier) {
        return new RequestCounts(
                puts - earlier.puts,
                gets - earlier.gets,
                lists - earlier.lists,
                deletes - earlier.deletes,
                failures - earlier.failures,
                bytesUp - earlier.bytesUp,
                bytesDown - earlier.bytesDown);
    }
}

package storagelab.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import storagelab.api.Slice;

/**
 * A map from names to objects, which are bytes, somewhere else. An object is written as a whole, and never changed; it can be replaced by
 * another one. There are no directories: a slash is a character of a name as any other.
 *
 * <p>Names have 1 to {@value #NAME_LENGTH_MAX} printable ASCII characters, and are ordered as {@link String}s. A method throws {@link
 * IllegalArgumentException} for another name.
 *
 * <p>Example: after {@code put("a/2", x)}, {@code put("b", y)} and {@code put("a/1", z)}, {@code list("a/", "", 1)} has a/1 and says that
 * there is more; {@code list("a/", "a/1", 1)} has a/2, and there is no more.
 *
 * <p>Errors: an object that is not there is an empty result. A store that does not answer is a {@link storagelab.api.StorageIoException}
 * whose cause is a {@link StoreUnreachableException}; the request may have been carried out or not. A store that answers and
 * refuses is a {@code StorageIoException} with another cause.
 *
 * <p>Concurrency: safe for many threads.
 */
public interface ObjectStore extends AutoCloseable {
    /** The greatest length of a name. */
    int NAME_LENGTH_MAX = 80;

    /**
     * Stores an object, in place of one with this name. When this returns, the object is durable. Every reader, and a store that is
     * opened after a crash, has all of the old object (or none) or all of the new one, at every moment, also if this throws.
     */
    void put(String name, Slice content);

    /** The whole object; empty if there is none. */
    Optional<Slice> get(String name);

    /**
     * A part of an object: {@code length} bytes from {@code offset} on, or fewer if the object ends before; empty if there is no such
     * object.
     *
     * @param offset from 0 on; at the end of the object or after it, the part has no bytes
     * @param length from 0 on
     */
    Optional<Slice> get(String name, long offset, int length);

    /** The size of an object; empty if there is none. */
    OptionalLong sizeBytes(String name);

    /**
     * The first {@code countMax} objects whose names begin with {@code prefix} and are greater than {@code after}.
     *
     * @param prefix any text; the empty one for all objects
     * @param after any text; the empty one to begin with the first
     * @param countMax from 1 to 1,000
     */
    ObjectPage list(String prefix, String after, int countMax);

    /** Removes an object, if it is there. When this returns, that is durable. */
    void delete(String name);

    /** Releases what the store holds. Objects stay. Closing twice does nothing. */
    @Override
    void close();

    /** All objects whose names begin with {@code prefix}, in the order of their names, by as many requests as that takes. */
    default List<ObjectInfo> listAll(String prefix) {
        List<ObjectInfo> all = new ArrayList<>();
        String after = "";
        while (true) {
            ObjectPage page = list(prefix, after, ObjectNames.PAGE_MAX);
            all.addAll(page.objects());
            if (!page.hasMore() || page.objects().isEmpty()) {
                return all;
            }
            after = page.objects().get(page.objects().size() - 1).name();
        }
    }
}

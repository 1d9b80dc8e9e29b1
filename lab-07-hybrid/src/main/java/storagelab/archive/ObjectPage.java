package storagelab.archive;

import java.util.List;

/**
 * A part of a list of objects.
 *
 * @param objects in the order of their names
 * @param hasMore whether there are objects after these
 */
public record ObjectPage(List<ObjectInfo> objects, boolean hasMore) {
    /** Copies the list. */
    public ObjectPage {
        objects = List.copyOf(objects);
    }
}

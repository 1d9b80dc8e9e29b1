package storagelab.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list of puts and deletes that a store applies all together or not at all. Later operations on a key win over
 * earlier ones.
 *
 * <p>Concurrency: not safe for several threads; a store reads it only during {@link KeyValueStore#write}.
 */
public final class WriteBatch {
    /** One step of a batch. */
    public sealed interface Operation {
        /** The key that is written. */
        Slice key();
    }

    /** Stores {@code value} under {@code key}. */
    public record Put(Slice key, Slice value) implements Operation {}

    /** Removes {@code key}. */
    public record Delete(Slice key) implements Operation {}

    private final List<Operation> operations = new ArrayList<>(1); // most have one
    private final List<Operation> view = Collections.unmodifiableList(operations);

    /** Appends a put. */
    public WriteBatch put(Slice key, Slice value) {
        operations.add(new Put(key, value));
        return this;
    }

    /** Appends a delete. */
    public WriteBatch delete(Slice key) {
        operations.add(new Delete(key));
        return this;
    }

    /** The operations in the order in which they were added; a live, unmodifiable view. */
    public List<Operation> operations() {
        return view;
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    @Override
    public String toString() {
        return operations.toString();
    }
}

package storagelab.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import storagelab.api.Slice;

/**
 * An object store in memory, for experiments and tests. It is gone with its process.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class MemoryObjectStore implements ObjectStore {
    private final ConcurrentNavigableMap<String, Slice> objects = new ConcurrentSkipListMap<>();

    @Override
    public void put(String name, Slice content) {
        objects.put(ObjectNames.check(name), Slice.wrap(content.toByteArray()));
    }

    @Override
    public Optional<Slice> get(String name) {
        return Optional.ofNullable(objects.get(ObjectNames.check(name)));
    }

    @Override
    public Optional<Slice> get(String name, long offset, int length) {
        ObjectNames.checkPart(offset, length);
        return get(name).map(content -> {
            int from = (int) Math.min(offset, content.length());
            return content.subSlice(from, from + Math.min(length, content.length() - from));
        });
    }

    @Override
    public OptionalLong sizeBytes(String name) {
        Optional<Slice> content = get(name);
        return content.isPresent() ? OptionalLong.of(content.get().length()) : OptionalLong.empty();
    }

    @Override
    public ObjectPage list(String prefix, String after, int countMax) {
        ObjectNames.checkCount(countMax);
        boolean isAfter = after.compareTo(prefix) >= 0;
        List<ObjectInfo> found = new ArrayList<>();
        for (Map.Entry<String, Slice> object :
                objects.tailMap(isAfter ? after : prefix, !isAfter).entrySet()) {
            if (!object.getKey().startsWith(prefix)) {
                break;
            }
            if (found.size() == countMax) {
                return new ObjectPage(found, true);
            }
            found.add(new ObjectInfo(object.getKey(), object.getValue().length()));
        }
        return new ObjectPage(found, false);
    }

    @Override
    public void delete(String name) {
        objects.remove(ObjectNames.check(name));
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "in memory";
    }
}

package storagelab.grader.batch;

import java.util.List;
import java.util.stream.IntStream;
import storagelab.grader.LabException;

/**
 * One of several equal parts of the submissions: those whose place in the order of names has the remainder {@code index}
 * when it is divided by {@code count}.
 *
 * @param index from 0
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
    public Shard {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException("shard " + index + "/" + count);
        }
    }

    /** All submissions. */
    public static Shard whole() {
        return new Shard(0, 1);
    }

    /** Reads {@code "3/16"}. */
    public static Shard parse(String text) {
        if (text.matches("\\d{1,6}/\\d{1,6}")) {
            int index = Integer.parseInt(text.substring(0, text.indexOf('/')));
            int count = Integer.parseInt(text.substring(text.indexOf('/') + 1));
            if (index < count) {
                return new Shard(index, count);
            }
        }
        throw LabException.usage(
                "'" + text + "' is not a shard.", "The first of sixteen shards is 0/16, and the last one is 15/16.");
    }

    /** The part of {@code all} that this shard has. */
    public <T> List<T> of(List<T> all) {
        return IntStream.range(0, all.size())
                .filter(place -> place % count == index)
                .mapToObj(all::get)
                .toList();
    }
}

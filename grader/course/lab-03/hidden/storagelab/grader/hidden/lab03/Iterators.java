package storagelab.grader.hidden.lab03;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/** What an iterator has to do for a caller that asks more often, or less often, than a loop does. */
final class Iterators {
    private Iterators() {}

    private static boolean hasNextTwice(Iterator<?> iterator) {
        boolean first = iterator.hasNext();
        boolean second = iterator.hasNext();
        assertEquals(first, second, "hasNext(), asked twice in a row");
        return second;
    }

    /** Checks that what {@code entries} gives has {@code expected}, however often hasNext() is asked. */
    static <E> void check(Supplier<? extends Iterator<? extends Map.Entry<?, ?>>> entries, List<E> expected) {
        Iterator<? extends Map.Entry<?, ?>> asking = entries.get();
        List<Object> found = new ArrayList<>();
        while (hasNextTwice(asking) && found.size() < expected.size()) {
            found.add(asking.next());
        }
        assertEquals(expected, found, "what entries() gives to a caller that asks hasNext() twice before each next()");
        Iterator<? extends Map.Entry<?, ?>> trusting = entries.get();
        found.clear();
        for (int i = 0; i < expected.size(); i++) {
            found.add(trusting.next());
        }
        assertEquals(expected, found, "what entries() gives to a caller that never asks hasNext()");
        assertThrows(NoSuchElementException.class, trusting::next, "next() after the last of " + expected.size());
        assertEquals(0, trusting.hasNext() ? 1 : 0, "hasNext() after the last entry, as a number");
    }
}

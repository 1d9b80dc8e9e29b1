package storagelab.tree;

import com.google.common.collect.testing.NavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSortedMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import storagelab.course.ExerciseNotDone;

/**
 * The tests of Guava for navigable maps, which nobody here wrote: tens of thousands of small cases about maps, their parts,
 * their descending views, key sets and iterators. They run over a {@link NavigableMapView} of the structure under test.
 */
public final class NavigableMapSuite {
    private static final int SHOWN_FAILURES_MAX = 5;

    private NavigableMapSuite() {}

    /**
     * Runs the cases for maps of {@code size}.
     *
     * @param newMap makes an empty map with the given order
     * @return how many cases were run
     * @throws AssertionError that names the first failed cases and says how many there are
     */
    public static int run(CollectionSize size, Function<Comparator<String>, OrderedMap<String, String>> newMap) {
        TestSuite suite = NavigableMapTestSuiteBuilder.using(generator(newMap))
                .named("NavigableMap")
                .withFeatures(
                        size,
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite();
        TestResult result = new TestResult();
        suite.run(result);
        List<TestFailure> failures = Stream.of(result.errors(), result.failures())
                .flatMap(found -> Collections.list(found).stream())
                .toList();
        check(failures, result.runCount());
        return result.runCount();
    }

    private static TestStringSortedMapGenerator generator(
            Function<Comparator<String>, OrderedMap<String, String>> newMap) {
        return new TestStringSortedMapGenerator() {
            @Override
            protected SortedMap<String, String> create(Map.Entry<String, String>[] entries) {
                OrderedMap<String, String> map = newMap.apply(Comparator.naturalOrder());
                for (Map.Entry<String, String> entry : entries) {
                    map.put(entry.getKey(), entry.getValue());
                }
                return new NavigableMapView<>(map);
            }
        };
    }

    private static void check(List<TestFailure> failures, int cases) {
        for (TestFailure failure : failures) {
            if (failure.thrownException() instanceof ExerciseNotDone notDone) {
                throw notDone;
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.stream()
                    .limit(SHOWN_FAILURES_MAX)
                    .map(failure -> failure.failedTest() + ": " + failure.thrownException())
                    .collect(Collectors.joining(
                            "\n", failures.size() + " of " + cases + " cases of Guava's suite fail:\n", "")));
        }
    }
}

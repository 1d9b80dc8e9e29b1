package storagelab.tree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import com.google.common.collect.testing.features.CollectionSize;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NavigableMapViewTest {
    @Test
    @Tag("3.1")
    @DisplayName("a plain tree as a NavigableMap passes Guava's suite for maps of several entries")
    void plainTree() {
        int cases = NavigableMapSuite.run(CollectionSize.SEVERAL, BinarySearchTree::new);
        assertThat("cases of the suite", cases, greaterThan(10_000));
    }

    @Test
    @Tag("3.2")
    @DisplayName("a balanced tree as a NavigableMap passes Guava's suite for maps of several entries")
    void balancedTree() {
        int cases = NavigableMapSuite.run(CollectionSize.SEVERAL, BalancedTree::new);
        assertThat("cases of the suite", cases, greaterThan(10_000));
    }

    @Test
    @DisplayName("a balanced tree as a NavigableMap passes Guava's suite for maps of every size")
    void everySize() {
        int cases = NavigableMapSuite.run(CollectionSize.ANY, BalancedTree::new);
        assertThat("cases of the suite", cases, greaterThan(30_000));
    }
}

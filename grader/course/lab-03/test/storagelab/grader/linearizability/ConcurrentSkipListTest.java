package storagelab.grader.linearizability;

import java.util.Comparator;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.skiplist.ConcurrentSkipList;

/**
 * The concurrent skip list under Lincheck: random calls in two threads, in every order of their steps that the checker can
 * reach; their results must be those of some order of whole calls. Keys are few, so that the calls meet.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:4")
public class ConcurrentSkipListTest {
    private final ConcurrentSkipList<Integer, Integer> list = new ConcurrentSkipList<>(Comparator.naturalOrder());

    /** Called by the checker. */
    @Operation
    public @Nullable Integer putIfAbsent(@Param(name = "key") int key, @Param(name = "key") int value) {
        return list.putIfAbsent(key, value);
    }

    /** Called by the checker. */
    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
        return list.get(key);
    }

    /** Called by the checker. */
    @Operation
    public String floor(@Param(name = "key") int key) {
        return Optional.ofNullable(list.floor(key)).toString();
    }

    /** Called by the checker. */
    @Operation
    public String ceiling(@Param(name = "key") int key) {
        return Optional.ofNullable(list.ceiling(key)).toString();
    }

    /** Called by the checker. */
    @Operation
    public String lower(@Param(name = "key") int key) {
        return Optional.ofNullable(list.lower(key)).toString();
    }

    /** Called by the checker. */
    @Operation
    public String higher(@Param(name = "key") int key) {
        return Optional.ofNullable(list.higher(key)).toString();
    }

    /** Called by the checker. */
    @Operation
    public String first() {
        return Optional.ofNullable(list.first()).toString();
    }

    /** Called by the checker. */
    @Operation
    public String last() {
        return Optional.ofNullable(list.last()).toString();
    }

    @Test
    @DisplayName("in every interleaving that the model checker tries, the calls are linearizable")
    void modelChecked() {
        new ModelCheckingOptions()
                .iterations(6)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .check(ConcurrentSkipListTest.class);
    }

    @Test
    @DisplayName("in thousands of runs of real threads, the calls are linearizable")
    void stressed() {
        new StressOptions()
                .iterations(4)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(3)
                .check(ConcurrentSkipListTest.class);
    }
}

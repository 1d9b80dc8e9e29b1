package storagelab.grader.bench.worker;

import java.io.IOException;
import java.util.List;

/** Counts what some work costs: the same figures on every machine, whatever else it does. */
public interface CostProbe {
    /** Does the work that {@code seed} stands for and gives what it cost. */
    List<Cost> count(long seed) throws IOException;
}

package storagelab.cost.experiment;

import java.util.ArrayList;
import java.util.List;
import storagelab.cost.HardwareProfile;
import storagelab.experiment.ExperimentContext;

/** Some of the {@linkplain Workloads fifty loads}, small ones, given to both engines. */
final class Comparisons {
    private static final int DATA_BYTES = 1 << 20;
    private static final int STEP_FULL = 4; // every fourth load
    private static final int STEP_QUICK = 13;
    private static final int ROUNDS_FULL = 60;
    private static final int ROUNDS_QUICK = 20;

    private Comparisons() {}

    static MeasuredLoad.Plan plan(ExperimentContext context) {
        int rounds = context.pick(ROUNDS_FULL, ROUNDS_QUICK);
        return new MeasuredLoad.Plan(
                Workloads.settings(DATA_BYTES),
                HardwareProfile.defaults(),
                rounds / 5,
                rounds,
                context.seed(),
                context::nanoTime);
    }

    static List<Comparison> measure(ExperimentContext context) {
        int step = context.pick(STEP_FULL, STEP_QUICK);
        List<Workload> workloads = Workloads.fifty(DATA_BYTES);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = step - 1; i < workloads.size(); i += step) {
            Workload workload = workloads.get(i);
            context.progress(workload.name(), (double) i / workloads.size());
            comparisons.add(Comparison.of(context.directory().resolve("load-" + i), workload, plan(context)));
        }
        return comparisons;
    }
}

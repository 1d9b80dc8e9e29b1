package storagelab.cost.experiment;

import java.nio.file.Path;
import storagelab.cost.CostModel;
import storagelab.cost.EngineCosts;
import storagelab.recovery.EngineKind;

/**
 * What a request of a load costs on each engine, in microseconds: as the model predicts it, as it was counted, and as it took.
 *
 * @param workload the load
 * @param predicted by the model
 * @param counted work of both engines, at the costs of the profile
 * @param wall how long the requests took here and now
 */
public record Comparison(Workload workload, EngineCosts predicted, EngineCosts counted, EngineCosts wall) {
    /** Gives the load to both engines, in directories inside of {@code directory}. */
    public static Comparison of(Path directory, Workload workload, MeasuredLoad.Plan plan) {
        MeasuredLoad.Measured btree = measured(directory, EngineKind.BTREE, workload, plan);
        MeasuredLoad.Measured lsm = measured(directory, EngineKind.LSM, workload, plan);
        double requests = plan.requests();
        return new Comparison(
                workload,
                new CostModel(plan.profile(), plan.settings()).costs(workload.load(1), 1, workload.data()),
                new EngineCosts(
                        plan.profile().micros(btree.work()) / requests,
                        plan.profile().micros(lsm.work()) / requests),
                new EngineCosts(btree.wallMicros() / requests, lsm.wallMicros() / requests));
    }

    private static MeasuredLoad.Measured measured(
            Path directory, EngineKind kind, Workload workload, MeasuredLoad.Plan plan) {
        return MeasuredLoad.measure(directory.resolve(kind.name()), kind, workload, plan);
    }

    /** Whether the engine that was predicted to be cheaper did less work. */
    public boolean isOrderCounted() {
        return predicted.cheaper() == counted.cheaper();
    }

    /** Whether the engine that was predicted to be cheaper took less time. */
    public boolean isOrderOfTime() {
        return predicted.cheaper() == wall.cheaper();
    }
}

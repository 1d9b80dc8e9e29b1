package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import storagelab.cost.experiment.Comparison;
import storagelab.cost.experiment.MeasuredLoad;
import storagelab.cost.experiment.Workload;
import storagelab.cost.experiment.Workloads;
import storagelab.disk.CrashDisk;

/**
 * The order that the model predicts, and the order of the work that both engines have done. Work is counted, on a disk in memory,
 * so that the test says the same on each machine. {@code -Dcosts.workloads=50} runs all of them, which takes some minutes.
 */
class WorkloadsTest {
    private static final int ALL = 50;
    private static final int SMALL_BYTES = 1 << 20;
    private static final int FULL_BYTES = 2 << 20;
    private static final double RIGHT_SHARE = 0.9;
    private static final long SEED = 7;
    private static final List<String> SAMPLE = List.of(
            "100 bytes, 20/80, puts",
            "400 bytes, 20/80, misses",
            "400 bytes, 2/98, half",
            "900 bytes, uniform, misses",
            "900 bytes, 2/98, puts",
            "3000 bytes, uniform, puts");

    @Test
    void thePredictedOrderIsTheMeasuredOne() {
        boolean all = Integer.getInteger("costs.workloads", SAMPLE.size()) >= ALL;
        int bytes = all ? FULL_BYTES : SMALL_BYTES;
        MeasuredLoad.Plan plan = new MeasuredLoad.Plan(
                Workloads.settings(bytes), HardwareProfile.defaults(), all ? 50 : 10, all ? 300 : 60, SEED, () -> 0);
        List<String> wrong = new ArrayList<>();
        int measured = 0;
        for (Workload workload : Workloads.fifty(bytes)) {
            if (all || SAMPLE.contains(workload.name())) {
                Comparison comparison = Comparison.of(CrashDisk.create().root().resolve("store"), workload, plan);
                measured++;
                String line =
                        workload.name() + ": predicted " + comparison.predicted() + ", counted " + comparison.counted();
                if (all) {
                    System.out.println(line);
                }
                if (!comparison.isOrderCounted()) {
                    wrong.add(line);
                }
            }
        }
        assertEquals(all ? ALL : SAMPLE.size(), measured);
        assertTrue(wrong.size() <= (1 - RIGHT_SHARE) * measured, wrong.size() + " of " + measured + ": " + wrong);
    }

    @Test
    void thereAreFiftyWorkloadsAndNoTwoAreTheSame() {
        List<Workload> workloads = Workloads.fifty(FULL_BYTES);
        assertEquals(ALL, workloads.size());
        assertEquals(ALL, new HashSet<>(workloads).size());
    }

    @Test
    void theSameLoadIsCountedTheSameEachTime() {
        Workload workload = Workloads.fifty(256 << 10).get(ALL - 1);
        MeasuredLoad.Plan plan =
                new MeasuredLoad.Plan(Workloads.settings(SMALL_BYTES), HardwareProfile.defaults(), 2, 5, SEED, () -> 0);
        Comparison first = Comparison.of(CrashDisk.create().root().resolve("store"), workload, plan);
        assertEquals(first, Comparison.of(CrashDisk.create().root().resolve("store"), workload, plan));
    }
}

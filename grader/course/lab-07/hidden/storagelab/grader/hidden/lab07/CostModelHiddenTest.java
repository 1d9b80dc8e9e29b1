package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cost.CostModel;
import storagelab.cost.EngineCosts;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.cost.RangeData;
import storagelab.cost.experiment.Workload;
import storagelab.cost.experiment.Workloads;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

@Tag("7.5")
@DisplayName("A cost model")
final class CostModelHiddenTest {
    private static final int ROUNDS = 100;
    private static final int DATA_BYTES = 2 << 20;

    /** What a request cost on the tree and on the LSM tree, in microseconds: counted work at the costs of the default profile. */
    private static final String COUNTED = """
            20 bytes, uniform, puts; 91.01; 11.04
            20 bytes, uniform, gets; 70.87; 63
            20 bytes, uniform, scans; 89.76; 47.07
            20 bytes, 20/80, half; 59.14; 21.95
            20 bytes, 20/80, misses; 47.63; 8.263
            20 bytes, 10/95, puts; 16.32; 7.455
            20 bytes, 10/95, gets; 4.606; 5.519
            20 bytes, 10/95, scans; 35.12; 8.523
            20 bytes, 2/98, half; 2.739; 4.924
            20 bytes, 2/98, misses; 2.086; 1.538
            100 bytes, uniform, half; 84.02; 47
            100 bytes, uniform, misses; 71.38; 16.6
            100 bytes, 20/80, puts; 73.76; 23.62
            100 bytes, 20/80, gets; 41.84; 35.47
            100 bytes, 20/80, scans; 78.62; 47.25
            100 bytes, 10/95, half; 10.22; 13.24
            100 bytes, 10/95, misses; 5.045; 3.572
            100 bytes, 2/98, puts; 3.905; 12.05
            100 bytes, 2/98, gets; 1.942; 2.852
            100 bytes, 2/98, scans; 3.624; 9.817
            400 bytes, uniform, puts; 106.9; 96.43
            400 bytes, uniform, gets; 70.12; 69.43
            400 bytes, uniform, scans; 121.6; 120.8
            400 bytes, 20/80, half; 67.67; 65.35
            400 bytes, 20/80, misses; 46.23; 17.51
            400 bytes, 10/95, puts; 25.6; 54.54
            400 bytes, 10/95, gets; 4.903; 8.395
            400 bytes, 10/95, scans; 33; 57.89
            400 bytes, 2/98, half; 3.681; 25.9
            400 bytes, 2/98, misses; 2.26; 6.068
            900 bytes, uniform, half; 93.04; 112.2
            900 bytes, uniform, misses; 75.3; 31.65
            900 bytes, 20/80, puts; 96.52; 120.7
            900 bytes, 20/80, gets; 45.5; 42.67
            900 bytes, 20/80, scans; 131.2; 177.8
            900 bytes, 10/95, half; 29.24; 52.25
            900 bytes, 10/95, misses; 8.88; 12.49
            900 bytes, 2/98, puts; 8.143; 51
            900 bytes, 2/98, gets; 2.27; 6.001
            900 bytes, 2/98, scans; 7.228; 37.74
            3000 bytes, uniform, puts; 115.1; 511.4
            3000 bytes, uniform, gets; 82.07; 119.4
            3000 bytes, uniform, scans; 312.4; 542.1
            3000 bytes, 20/80, half; 97.68; 258.7
            3000 bytes, 20/80, misses; 27.79; 59.73
            3000 bytes, 10/95, puts; 114.2; 259.2
            3000 bytes, 10/95, gets; 82.02; 24.52
            3000 bytes, 10/95, scans; 313.5; 401.8
            3000 bytes, 2/98, half; 97.06; 95.23
            3000 bytes, 2/98, misses; 27.67; 22.45
            """;

    private static HardwareProfile profile(CostCase given) {
        return HardwareProfile.defaults().withProcessor(given.processor());
    }

    @Test
    @DisplayName("gives the work of all requests on each engine")
    void work() {
        Seeds.check(ROUNDS, random -> {
            CostCase given = CostCase.random(random);
            CostModel model = new CostModel(profile(given), given.settings());
            Works.check(
                    given,
                    new TreeFormulas(given).of(given.load()),
                    model.work(EngineKind.BTREE, given.load(), given.data()),
                    "the load, on the tree,");
            Works.check(
                    given,
                    new LsmFormulas(given).of(given.load()),
                    model.work(EngineKind.LSM, given.load(), given.data()),
                    "the load, on the LSM tree,");
        });
    }

    @Test
    @DisplayName("takes each part of the work for what the profile says, and divides by the seconds")
    void costs() {
        Seeds.check(ROUNDS, random -> {
            CostCase given = CostCase.random(random);
            double[] times = random.doubles(5, 0.001, 100).toArray();
            HardwareProfile profile = profile(given)
                    .withDevice(new HardwareProfile.Device(times[0], times[1], times[2], times[3], times[4]));
            double seconds = 0.1 + 100 * random.nextDouble();
            EngineCosts costs = new CostModel(profile, given.settings()).costs(given.load(), seconds, given.data());
            double tree = profile.micros(new TreeFormulas(given).of(given.load())) / seconds;
            double lsm = profile.micros(new LsmFormulas(given).of(given.load())) / seconds;
            String what = "microseconds a second, with " + profile + " and a load of " + seconds + " seconds";
            given.check(tree, costs.btreeMicros(), what + ", on the tree");
            given.check(lsm, costs.lsmMicros(), what + ", on the LSM tree");
        });
    }

    @Test
    @DisplayName("refuses a load of no seconds, of less, of infinitely many, and of what is not a number")
    void seconds() {
        CostModel model = new CostModel(HardwareProfile.defaults(), EngineSettings.defaults());
        RangeData data = RangeData.uniform(100, 11_600);
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Step.at("a load of " + wrong + " seconds");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> model.costs(CostCase.load(1, 0, 0, 0, 0), wrong, data),
                    "a load of " + wrong + " seconds is not refused");
        }
    }

    @Test
    @DisplayName("costs nothing where nothing is asked for")
    void noLoad() {
        CostModel model = new CostModel(HardwareProfile.defaults(), EngineSettings.defaults());
        for (RangeData data : List.of(RangeData.uniform(0, 0), RangeData.uniform(1_000, 116_000))) {
            assertEquals(
                    EngineCosts.ZERO,
                    model.costs(CostCase.load(0, 0, 0, 0, 0), 1, data),
                    "costs of no requests, with " + data);
        }
    }

    @Test
    @DisplayName("says for at least 45 of fifty loads which engine does less work, as it was counted")
    void fifty() {
        Map<String, String[]> counted = new HashMap<>();
        COUNTED.lines().map(line -> line.split("; ")).forEach(parts -> counted.put(parts[0], parts));
        CostModel model = new CostModel(HardwareProfile.defaults(), Workloads.settings(DATA_BYTES));
        List<String> wrong = new ArrayList<>();
        List<Workload> fifty = Workloads.fifty(DATA_BYTES);
        for (Workload workload : fifty) {
            String[] micros = Objects.requireNonNull(counted.get(workload.name()), workload.name());
            EngineCosts right = new EngineCosts(Double.parseDouble(micros[1]), Double.parseDouble(micros[2]));
            EngineCosts predicted = model.costs(workload.load(1), 1, workload.data());
            if (predicted.cheaper() != right.cheaper()) {
                wrong.add("%s: predicted %.1f µs on the tree and %.1f on the LSM tree, counted %.1f and %.1f"
                        .formatted(
                                workload.name(),
                                predicted.btreeMicros(),
                                predicted.lsmMicros(),
                                right.btreeMicros(),
                                right.lsmMicros()));
            }
        }
        assertTrue(
                fifty.size() - wrong.size() >= 45,
                wrong.size() + " of fifty loads have another order than the work that was counted, and not 5 at most:\n"
                        + String.join("\n", wrong));
    }
}

package storagelab.cost.experiment;

import java.util.ArrayList;
import java.util.List;
import storagelab.compaction.LeveledPicker;
import storagelab.cost.EngineSettings;
import storagelab.cost.Locality;
import storagelab.cost.experiment.Workload.Mix;

/** Fifty loads that differ in the size of values, in locality, and in what is asked for. */
public final class Workloads {
    private static final int KEY_BYTES = 16;
    private static final int[] VALUE_BYTES = {20, 100, 400, 900, 3_000};
    private static final List<Locality> LOCALITIES =
            List.of(Locality.UNIFORM, new Locality(0.2, 0.8), new Locality(0.1, 0.95), new Locality(0.02, 0.98));
    private static final String[] LOCALITY_NAMES = {"uniform", "20/80", "10/95", "2/98"};
    private static final List<Mix> MIXES = List.of(
            new Mix(0, 0, 0, 100, 0),
            new Mix(50, 0, 0, 50, 0),
            new Mix(95, 0, 0, 5, 0),
            new Mix(20, 70, 0, 10, 0),
            new Mix(20, 0, 30, 50, 10));
    private static final String[] MIX_NAMES = {"puts", "half", "gets", "misses", "scans"};

    private Workloads() {}

    /** Every second combination of five sizes, four localities and five mixes; each has {@code dataBytes} bytes of keys and values. */
    public static List<Workload> fifty(int dataBytes) {
        List<Workload> all = new ArrayList<>();
        for (int size = 0; size < VALUE_BYTES.length; size++) {
            for (int locality = 0; locality < LOCALITIES.size(); locality++) {
                for (int mix = 0; mix < MIXES.size(); mix++) {
                    if ((size + locality + mix) % 2 == 0) {
                        all.add(workload(dataBytes, size, locality, mix));
                    }
                }
            }
        }
        return all;
    }

    private static Workload workload(int dataBytes, int size, int locality, int mix) {
        int entries = dataBytes / (KEY_BYTES + VALUE_BYTES[size]);
        String name = VALUE_BYTES[size] + " bytes, " + LOCALITY_NAMES[locality] + ", " + MIX_NAMES[mix];
        return new Workload(name, entries, VALUE_BYTES[size], LOCALITIES.get(locality), MIXES.get(mix));
    }

    /** Engines with a quarter of the data in memory. */
    public static EngineSettings settings(int dataBytes) {
        return new EngineSettings(dataBytes / 4, dataBytes / 8, dataBytes / 32, new LeveledPicker(4, dataBytes / 8, 8));
    }
}

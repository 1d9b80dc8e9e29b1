// exercise: 5.10
// type: storagelab.compaction.TieredPicker
// verdict: accepted
// because: works on the levels themselves, with arrays of bytes, and compares ratios by multiplying
import java.util.stream.LongStream;
import storagelab.manifest.SortedRun;

public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    public @Nullable Compaction pick(Version version, State state) {
        long[] bytes = new long[Version.LEVELS];
        int[] levels = new int[Version.LEVELS];
        int count = 0;
        int runs = version.files(0).size();
        for (int level = 0; level < Version.LEVELS; level++) {
            if (version.runs(level).size() > 1 && level > 0) {
                return Compaction.ofAll(version, "shape");
            }
            if (!version.files(level).isEmpty()) {
                bytes[count] = version.sizeBytes(level);
                levels[count++] = level;
                runs += level > 0 ? 1 : 0;
            }
        }
        if (runs < runsMax) {
            return null;
        }
        List<SortedRun> all = version.runs();
        long oldest = all.get(all.size() - 1).sizeBytes();
        if ((LongStream.of(bytes).sum() - oldest) * 100 >= spacePercent * oldest) {
            return merge(version, levels, new int[] {0, count, count}, "space");
        }
        for (int from = 0; from < count; from++) {
            long taken = bytes[from];
            int to = from + 1;
            for (; to < count && 100 * bytes[to] <= (100L + ratioPercent) * taken; to++) {
                taken += bytes[to];
            }
            if (to - from > 1 || levels[from] == 0 && version.files(0).size() > 1) {
                return merge(version, levels, new int[] {from, to, count}, "size");
            }
        }
        int best = 0;
        for (int i = 1; i + 1 < count; i++) {
            if (bytes[i + 1] * bytes[best] < bytes[best + 1] * bytes[i]) {
                best = i;
            }
        }
        return merge(version, levels, new int[] {best, best + 2, count}, "number");
    }

    private static Compaction merge(Version version, int[] levels, int[] range, String reason) {
        int to = range[1];
        int output = to == range[2] ? 6 : levels[to] - 1;
        if (output == 0) {
            for (int level = 5; level > 0; level--) {
                if (!version.files(level).isEmpty() && version.files(level + 1).isEmpty()) {
                    int free = level + 1;
                    while (free < 6 && version.files(free + 1).isEmpty()) {
                        free++;
                    }
                    return new Compaction(
                            List.of(new Compaction.LevelInput(level, version.files(level))), free, 0, "room");
                }
            }
            to++;
            output = 1;
        }
        List<Compaction.LevelInput> inputs = new ArrayList<>();
        for (int i = range[0]; i < to; i++) {
            inputs.add(new Compaction.LevelInput(levels[i], version.files(levels[i])));
        }
        return new Compaction(inputs, output, 0, reason);
    }
}

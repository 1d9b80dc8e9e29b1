package storagelab.cost.experiment;

import java.util.SplittableRandom;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.workload.RangeStatistics;

/**
 * A load that both engines can be given: what is in the store, and which requests come in which proportion. Keys of the hot part
 * are the first ones.
 *
 * @param name for tables
 * @param entries in the store
 * @param valueBytes of each value
 * @param locality of all requests
 * @param mix of the requests
 */
public record Workload(String name, int entries, int valueBytes, Locality locality, Mix mix) {
    private static final int KEY_BYTES = 16;

    /**
     * Of a hundred requests, how many are of which kind.
     *
     * @param hits gets of a key that is there
     * @param misses gets of a key that is not
     * @param scans of some entries
     * @param puts of a key that is there
     * @param scanEntries the entries of a scan
     */
    public record Mix(int hits, int misses, int scans, int puts, int scanEntries) {
        /** Checks that these are a hundred. */
        public Mix {
            if (hits + misses + scans + puts != 100) {
                throw new IllegalArgumentException(
                        "of a hundred requests " + hits + " + " + misses + " + " + scans + " + " + puts);
            }
        }
    }

    /** The key of a number. */
    Slice key(int number) {
        return Slice.utf8("%016d".formatted(number));
    }

    /** A key that is not there, next to one that is. */
    Slice absentKey(int number) {
        return Slice.utf8("%016d-".formatted(number));
    }

    /** A value: bytes that do not compress. */
    Slice value(SplittableRandom random) {
        byte[] bytes = new byte[valueBytes];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    /** The number of a key, as likely as the locality says. */
    int number(SplittableRandom random) {
        int hot = (int) Math.max(1, Math.round(entries * locality.keyShare()));
        boolean isHot = hot == entries || random.nextDouble() < locality.requestShare();
        return isHot ? random.nextInt(hot) : random.nextInt(hot, entries);
    }

    /** What the store holds. */
    public RangeData data() {
        return new RangeData(entries, (long) entries * (KEY_BYTES + valueBytes), locality);
    }

    /** What {@code requests} of it are counted as. */
    public RangeStatistics load(double requests) {
        double one = requests / 100;
        double scans = mix.scans * one;
        double entriesRead = mix.hits * one + scans * mix.scanEntries;
        return new RangeStatistics(
                KeyRange.all(),
                mix.hits * one,
                mix.misses * one,
                scans,
                0,
                scans * mix.scanEntries,
                mix.puts * one,
                0,
                entriesRead * valueBytes,
                mix.puts * one * valueBytes);
    }
}

package storagelab.cost;

/**
 * What a range of keys holds, and which part of it is asked for. What it is asked for is in {@link
 * storagelab.workload.RangeStatistics}.
 *
 * @param entries the number of its keys
 * @param bytes of its keys and values together
 * @param locality how requests are spread over the keys
 */
public record RangeData(long entries, long bytes, Locality locality) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or there are bytes without entries
     */
    public RangeData {
        if (entries < 0 || bytes < 0 || (entries == 0 && bytes > 0)) {
            throw new IllegalArgumentException(bytes + " bytes in " + entries + " entries");
        }
    }

    /** A range all of whose keys are asked for equally often. */
    public static RangeData uniform(long entries, long bytes) {
        return new RangeData(entries, bytes, Locality.UNIFORM);
    }

    /** With another locality. */
    public RangeData withLocality(Locality other) {
        return new RangeData(entries, bytes, other);
    }

    /** The mean size of a key and its value; 0 if there are none. */
    public double meanEntryBytes() {
        return entries == 0 ? 0 : (double) bytes / entries;
    }
}

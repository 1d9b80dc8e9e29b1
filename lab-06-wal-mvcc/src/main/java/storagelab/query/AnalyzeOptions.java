package storagelab.query;

/**
 * How exact statistics are, and what they cost in memory.
 *
 * @param sampleRows at most so many rows are kept
 * @param bucketsMax of the histogram of a column
 * @param commonValuesMax in the list of a column
 * @param precision of the count of different values, see {@link HyperLogLog}
 */
public record AnalyzeOptions(int sampleRows, int bucketsMax, int commonValuesMax, int precision) {
    /** Checks the numbers. */
    public AnalyzeOptions {
        if (sampleRows < 1 || bucketsMax < 1 || commonValuesMax < 0) {
            throw new IllegalArgumentException("a sample of " + sampleRows + " rows, " + bucketsMax + " buckets, "
                    + commonValuesMax + " common values");
        }
    }

    /** A sample of 30,000 rows, 100 buckets, 100 common values, 4 KiB for the different values of a column. */
    public static AnalyzeOptions defaults() {
        return new AnalyzeOptions(30_000, 100, 100, 12);
    }

    /** With another sample. */
    public AnalyzeOptions withSampleRows(int rows) {
        return new AnalyzeOptions(rows, bucketsMax, commonValuesMax, precision);
    }

    /** With another number of buckets. */
    public AnalyzeOptions withBucketsMax(int buckets) {
        return new AnalyzeOptions(sampleRows, buckets, commonValuesMax, precision);
    }

    /** With another number of common values; 0 for none. */
    public AnalyzeOptions withCommonValuesMax(int values) {
        return new AnalyzeOptions(sampleRows, bucketsMax, values, precision);
    }

    /** With another precision. */
    public AnalyzeOptions withPrecision(int bits) {
        return new AnalyzeOptions(sampleRows, bucketsMax, commonValuesMax, bits);
    }
}

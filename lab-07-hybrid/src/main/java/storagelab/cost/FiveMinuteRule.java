package storagelab.cost;

/**
 * The five-minute rule of Gray and Putzolu (1987): a page that is read again within so many seconds is cheaper in memory than on the device.
 *
 * <p>To keep a page in memory costs its share of a MiB: price of a MiB / pages in a MiB. To read it once a second costs the share of the device that this keeps
 * busy: price of the device / accesses a second of the device. Both are equal when the page is read every
 *
 * <pre>(pages in a MiB / accesses a second) · (price of the device / price of a MiB of memory)</pre>
 *
 * seconds. The first factor is technology, the second one economy.
 *
 * <p>Example, from Gray and Graefe (1997): pages of 8 KiB, 64 accesses a second, a disk for 2,000 dollars, memory for 15 dollars a MiB:
 * (128 / 64) · (2,000 / 15) = 266 seconds.
 *
 * @param pageBytes bytes that an access reads
 * @param accessesPerSecond reads of such a page, each at another place
 * @param devicePrice of the whole device, in any currency
 * @param memoryPricePerMib of a MiB of memory, in the same one
 */
public record FiveMinuteRule(double pageBytes, double accessesPerSecond, double devicePrice, double memoryPricePerMib) {
    private static final double BYTES_PER_MIB = 1 << 20;

    /** Checks that each is a positive number. */
    public FiveMinuteRule {
        if (!(pageBytes > 0 && accessesPerSecond > 0 && devicePrice > 0 && memoryPricePerMib > 0)) {
            throw new IllegalArgumentException("pages of " + pageBytes + " bytes, " + accessesPerSecond
                    + " accesses a second, " + devicePrice + " for the device and " + memoryPricePerMib
                    + " for a MiB of memory are not all positive");
        }
    }

    /** A page that is read at least once in so many seconds belongs in memory. */
    public double breakEvenSeconds() {
        double pagesPerMib = BYTES_PER_MIB / pageBytes;
        return pagesPerMib / accessesPerSecond * (devicePrice / memoryPricePerMib);
    }

    /** Whether a page that is read every {@code seconds} seconds belongs in memory. */
    public boolean keeps(double seconds) {
        return seconds <= breakEvenSeconds();
    }
}

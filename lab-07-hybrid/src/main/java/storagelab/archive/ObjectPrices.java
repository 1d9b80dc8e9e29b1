package storagelab.archive;

/**
 * What an object store charges, in dollars. Deletes are free.
 *
 * @param perThousandPuts for puts and lists
 * @param perThousandGets for gets, and for asking for sizes
 * @param perGigabyteMonth for what is stored, for a month; a gigabyte has 10^9 bytes
 * @param perGigabyteDown for what is read from elsewhere
 */
public record ObjectPrices(
        double perThousandPuts, double perThousandGets, double perGigabyteMonth, double perGigabyteDown) {
    private static final double GIGABYTE = 1e9;
    private static final double THOUSAND = 1e3;

    /** Checks that nothing is negative. */
    public ObjectPrices {
        if (!(perThousandPuts >= 0 && perThousandGets >= 0 && perGigabyteMonth >= 0 && perGigabyteDown >= 0)) {
            throw new IllegalArgumentException("a negative price in " + perThousandPuts + ", " + perThousandGets + ", "
                    + perGigabyteMonth + ", " + perGigabyteDown);
        }
    }

    /**
     * Prices of the size that large providers had in 2024 for what is read from time to time: 0.5 cents for a thousand puts, 0.04
     * cents for a thousand gets, 2.3 cents for a gigabyte and a month, and nothing for what is read in the same region.
     */
    public static ObjectPrices defaults() {
        return new ObjectPrices(0.005, 0.0004, 0.023, 0);
    }

    /** With another price for what is read. */
    public ObjectPrices withPerGigabyteDown(double dollars) {
        return new ObjectPrices(perThousandPuts, perThousandGets, perGigabyteMonth, dollars);
    }

    /** With another price for what is stored. */
    public ObjectPrices withPerGigabyteMonth(double dollars) {
        return new ObjectPrices(perThousandPuts, perThousandGets, dollars, perGigabyteDown);
    }

    /**
     * What is to be paid. With {@link #defaults}, 2,000 puts, 10,000 gets and 4 gigabytes for half a month are 1 cent, 0.4 cents and
     * 4.6 cents: 6 cents together.
     *
     * @param storedBytes that were stored
     * @param months for which they were, a part of one included
     */
    public Bill bill(RequestCounts requests, long storedBytes, double months) {
        return new Bill(
                (requests.puts() + requests.lists()) / THOUSAND * perThousandPuts
                        + requests.gets() / THOUSAND * perThousandGets,
                storedBytes / GIGABYTE * months * perGigabyteMonth,
                requests.bytesDown() / GIGABYTE * perGigabyteDown);
    }

    /**
     * What is to be paid, in dollars.
     *
     * @param requests for puts, gets and lists
     * @param storage for what is stored
     * @param transfer for what was read
     */
    public record Bill(double requests, double storage, double transfer) {
        /** The sum. */
        public double total() {
            return requests + storage + transfer;
        }
    }
}

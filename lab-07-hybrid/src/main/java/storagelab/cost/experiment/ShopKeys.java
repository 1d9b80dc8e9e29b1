package storagelab.cost.experiment;

/**
 * Keys of the shop, of 116 bytes with their values, that lie next to each other.
 *
 * @param name what they are
 * @param requestsPerDay for each of them, on average
 */
record ShopKeys(String name, double requestsPerDay) {
    /** Bytes of a key and its value. */
    static final int ENTRY_BYTES = 116;

    static final int PRODUCTS = 10_000;

    /** Requests for prices and stock counts, assumed. Half of them change one. */
    static final int REQUESTS_PER_SECOND = 5_000;

    static final double DAY_SECONDS = 86_400;
    private static final double YEAR_DAYS = 365;

    /** The prices and stock counts. */
    static final ShopKeys PRICES = new ShopKeys("prices", REQUESTS_PER_SECOND * DAY_SECONDS / PRODUCTS);

    /** Orders of which one of 10 is read within a day. */
    static final ShopKeys NEW_ORDERS = new ShopKeys("orders of a day", 0.1);

    /** Orders of which one of 100 is read within a year. */
    static final ShopKeys OLD_ORDERS = new ShopKeys("older orders", 0.01 / YEAR_DAYS);

    /** How many seconds are between two requests for a page that is full of them. */
    double secondsBetween(int pageBytes) {
        int entries = pageBytes / ENTRY_BYTES;
        return DAY_SECONDS / (requestsPerDay * entries);
    }
}

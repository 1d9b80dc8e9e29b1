package storagelab.grader.bench.engine;

/**
 * The mixes of the Yahoo cloud serving benchmark, in percent; the rest are gets.
 *
 * @param puts of records that are there
 * @param readModifyWrites gets with a put after them
 * @param scans of 1 to 100 records
 * @param inserts of new records
 */
record YcsbMix(int puts, int readModifyWrites, int scans, int inserts) {
    static final YcsbMix A = new YcsbMix(50, 0, 0, 0);
    static final YcsbMix B = new YcsbMix(5, 0, 0, 0);
    static final YcsbMix C = new YcsbMix(0, 0, 0, 0);
    static final YcsbMix E = new YcsbMix(0, 0, 95, 5);
    static final YcsbMix F = new YcsbMix(0, 50, 0, 0);
}

package storagelab.cost;

/**
 * What work costs on a machine: times of the device and of the processor, and prices.
 *
 * @param device how long the device takes
 * @param processor how long the processor takes
 * @param prices what memory and device cost
 */
public record HardwareProfile(Device device, Processor processor, Prices prices) {
    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final double MIB_PER_GIB = 1_024;

    /**
     * Times of a device, in microseconds.
     *
     * @param syncMicros for a sync of a file that has just been appended to
     * @param readMicrosPerByte of bytes that are read one after the other
     * @param writeMicrosPerByte of bytes that are written one after the other
     * @param blockReadMicros for 4 KiB at a random place
     * @param pageWriteMicros for 4 KiB at a random place
     */
    public record Device(
            double syncMicros,
            double readMicrosPerByte,
            double writeMicrosPerByte,
            double blockReadMicros,
            double pageWriteMicros) {
        /** Checks that each is a positive number. */
        public Device {
            positive("sync", syncMicros);
            positive("sequential read", readMicrosPerByte);
            positive("sequential write", writeMicrosPerByte);
            positive("random read", blockReadMicros);
            positive("random write", pageWriteMicros);
        }
    }

    /**
     * Times of the processor, in microseconds.
     *
     * @param levelMicros for a page of the tree in which a key is looked for
     * @param runMicros for a run of tables whose filter is asked
     * @param blockMicros for a block of a table in which a key is looked for
     * @param writeMicros for a write into a memtable or into a leaf that has been found
     * @param entryMicros for an entry that a scan or a merge goes over
     * @param copyMicrosPerByte for a byte that is copied
     */
    public record Processor(
            double levelMicros,
            double runMicros,
            double blockMicros,
            double writeMicros,
            double entryMicros,
            double copyMicrosPerByte) {
        /** Checks that each is a positive number. */
        public Processor {
            positive("level of the tree", levelMicros);
            positive("run", runMicros);
            positive("block", blockMicros);
            positive("write", writeMicros);
            positive("entry", entryMicros);
            positive("copied byte", copyMicrosPerByte);
        }
    }

    /**
     * Prices. Any currency will do, as long as it is the same one.
     *
     * @param memoryPerGib of a GiB of memory
     * @param device of the device
     * @param deviceBytesWritten that the device lasts for
     */
    public record Prices(double memoryPerGib, double device, double deviceBytesWritten) {
        /** Checks that each is a positive number. */
        public Prices {
            positive("price of memory", memoryPerGib);
            positive("price of the device", device);
            positive("endurance", deviceBytesWritten);
        }
    }

    private static void positive(String what, double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(what + ": " + number + " is not a positive number");
        }
    }

    /**
     * A flash drive of 150 dollars that syncs in 500 µs, reads and writes 1 GB and 500 MB a second in sequence, reads a block in
     * 80 µs, writes a page in 20 µs and lasts for 600 TB; a processor that searches a page in 0.15 µs; memory for 3 dollars a GiB.
     */
    public static HardwareProfile defaults() {
        return new HardwareProfile(
                new Device(500, 0.001, 0.002, 80, 20),
                new Processor(0.15, 0.15, 0.5, 0.5, 0.1, 0.0001),
                new Prices(3, 150, 600e12));
    }

    /** With another device. */
    public HardwareProfile withDevice(Device other) {
        return new HardwareProfile(other, processor, prices);
    }

    /** With another processor. */
    public HardwareProfile withProcessor(Processor other) {
        return new HardwareProfile(device, other, prices);
    }

    /** With other prices. */
    public HardwareProfile withPrices(Prices other) {
        return new HardwareProfile(device, processor, other);
    }

    /** How many microseconds {@code work} takes: each count times what one of it costs. */
    public double micros(Work work) {
        return work.blockReads() * device.blockReadMicros
                + work.mergedBytesRead() * device.readMicrosPerByte
                + work.pageWrites() * device.pageWriteMicros
                + work.bytesWritten() * device.writeMicrosPerByte
                + work.syncs() * device.syncMicros
                + work.processorMicros();
    }

    /**
     * The {@link FiveMinuteRule} for pages of 4 KiB that are read one after the other: a page that is read again within this many seconds is cheaper
     * in memory than on the device.
     *
     * <p>Example, defaults: the device reads 1,000,000 / 80 = 12,500 blocks a second, so that one read a second has 150 / 12,500 =
     * 0.012 dollars of it. Memory for 4 KiB costs 3 / 262,144 = 0.0000114 dollars. The break-even is 1,049 seconds, or 17
     * minutes.
     */
    public double breakEvenSeconds() {
        return new FiveMinuteRule(
                        Work.PAGE_BYTES,
                        MICROS_PER_SECOND / device.blockReadMicros,
                        prices.device,
                        prices.memoryPerGib / MIB_PER_GIB)
                .breakEvenSeconds();
    }

    /** The price of the wear that {@code work} causes: its share of the bytes that the device lasts for. */
    public double wearPrice(Work work) {
        return prices.device * work.wearBytes() / prices.deviceBytesWritten;
    }
}

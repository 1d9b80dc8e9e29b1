package storagelab.cost.experiment;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import storagelab.cost.FiveMinuteRule;
import storagelab.cost.HardwareProfile;
import storagelab.cost.Work;

/**
 * A device for reading pages at random places, with its price and that of memory at the time.
 *
 * @param name what it is
 * @param source whose numbers these are, and of which year
 * @param readsPerSecond by the size of a page in bytes
 * @param usualPageBytes the size of a page for which the table shows it
 * @param devicePrice in dollars
 * @param memoryPricePerMib in dollars
 * @param published the break-even in seconds as it was published; empty if nobody did
 */
record PricedDevice(
        String name,
        String source,
        NavigableMap<Integer, Double> readsPerSecond,
        int usualPageBytes,
        double devicePrice,
        double memoryPricePerMib,
        String published) {
    /** The sizes of pages in the plot. */
    static final List<Integer> PAGE_BYTES = List.of(1 << 10, 2 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10);

    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final double MIB_PER_GIB = 1_024;
    private static final HardwareProfile.Prices PRICES =
            HardwareProfile.defaults().prices();

    /** What papers have published. The price of 1987 is that of a disk, a half of its controller, and the processor and channel that it needs. */
    static List<PricedDevice> ofPapers() {
        return List.of(
                paper("disk, 1987", "Gray, Putzolu", 1 << 10, 15, 30_000, 5_120, "400"),
                paper("disk, 1997", "Gray, Graefe", 8 << 10, 64, 2_000, 15, "266"),
                paper("disk, 2007", "Graefe", 4 << 10, 83, 80, 0.047, "5250"),
                paper("flash, 2007", "Graefe", 4 << 10, 6_200, 999, 0.047, "900"));
    }

    private static PricedDevice paper(
            String name, String source, int page, double reads, double device, double memory, String published) {
        return new PricedDevice(name, source, new TreeMap<>(Map.of(page, reads)), page, device, memory, published);
    }

    /**
     * Devices of today, with numbers as their makers state them and prices of 2024, both assumed: a disk, a flash drive that is read one page after the other, and the
     * same drive with many reads at the same time.
     */
    static List<PricedDevice> ofToday() {
        HardwareProfile.Device flash = HardwareProfile.defaults().device();
        return List.of(
                today("disk", "assumed, 2024", 100, readsPerSecond(1e6 / 120, 0.005)),
                today(
                        "flash, one by one",
                        "assumed, 2024",
                        PRICES.device(),
                        readsPerSecond(flash.blockReadMicros(), flash.readMicrosPerByte())),
                today("flash, parallel", "assumed, 2024", PRICES.device(), readsPerSecond(2, 0.0003)));
    }

    /** At the prices of today, pages of 4 KiB. */
    static PricedDevice today(String name, String source, double price, NavigableMap<Integer, Double> readsPerSecond) {
        return new PricedDevice(
                name, source, readsPerSecond, Work.PAGE_BYTES, price, PRICES.memoryPerGib() / MIB_PER_GIB, "");
    }

    /** The price of a flash drive today, in dollars. */
    static double flashPrice() {
        return PRICES.device();
    }

    /**
     * Reads a second of a device that takes {@code blockMicros} for 4 KiB at a random place, and {@code microsPerByte} for each byte after these. Fewer bytes
     * take as long as 4 KiB.
     */
    static NavigableMap<Integer, Double> readsPerSecond(double blockMicros, double microsPerByte) {
        NavigableMap<Integer, Double> reads = new TreeMap<>();
        for (int bytes : PAGE_BYTES) {
            double more = Math.max(0, bytes - Work.PAGE_BYTES) * microsPerByte;
            reads.put(bytes, MICROS_PER_SECOND / (blockMicros + more));
        }
        return reads;
    }

    /**
     * The rule of this device for pages of {@code pageBytes} bytes.
     *
     * @throws IllegalArgumentException if the reads of this size are not known
     */
    FiveMinuteRule rule(int pageBytes) {
        Double reads = readsPerSecond.get(pageBytes);
        if (reads == null) {
            throw new IllegalArgumentException("the reads a second of " + name + " are known for pages of "
                    + readsPerSecond.keySet() + " bytes, not of " + pageBytes);
        }
        return new FiveMinuteRule(pageBytes, reads, devicePrice, memoryPricePerMib);
    }

    FiveMinuteRule rule() {
        return rule(usualPageBytes);
    }
}

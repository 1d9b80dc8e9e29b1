package storagelab.cost.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import storagelab.cost.Calibration;
import storagelab.cost.HardwareProfile;
import storagelab.cost.Work;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/** How often a page has to be read to be worth its memory: with the prices of four decades, and with the reads that this machine does a second. */
public final class FiveMinuteExperiment implements Experiment {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MINUTE_SECONDS = 60;
    private static final int MINUTES_PER_DAY = 1_440;
    private static final double YEAR_DAYS = 365;
    private static final double LSM_WRITTEN_PER_BYTE = 7.1; // levels, as 5.amplification has counted
    private static final List<ShopKeys> SHOP = List.of(ShopKeys.PRICES, ShopKeys.NEW_ORDERS, ShopKeys.OLD_ORDERS);

    /** For the service loader. */
    public FiveMinuteExperiment() {}

    @Override
    public String id() {
        return "7.five-minute";
    }

    @Override
    public String question() {
        return "How often must a page be read to be worth its memory?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "In 1987, a page belonged in memory if it was read again within about five minutes. Memory cost 5 dollars a KiB. Now a GiB costs 3 dollars, and"
                        + " a flash drive of 150 dollars reads 12,500 pages of 4 KiB a second, one after the other. How many minutes is it now?",
                "minutes");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<PricedDevice> today = new ArrayList<>(PricedDevice.ofToday());
        context.progress("reading past the memory of the operating system", 0);
        direct(context).ifPresent(today::add);
        context.progress("calibrating", 0.5);
        HardwareProfile.Device calibrated = Calibration.measure(context.directory(), context::nanoTime, context.seed())
                .device();
        today.add(PricedDevice.today(
                "here, cached",
                "measured; prices assumed",
                PricedDevice.flashPrice(),
                PricedDevice.readsPerSecond(calibrated.blockReadMicros(), calibrated.readMicrosPerByte())));
        PricedDevice disk = today.get(0);
        PricedDevice flash = today.get(1);
        List<PricedDevice> all = new ArrayList<>(PricedDevice.ofPapers());
        all.addAll(today);
        Map<String, Double> years = yearsOfTheDrive();
        return new ExperimentResult(
                table(all),
                List.of(byPageSize(today), wear(years)),
                flash.rule().breakEvenSeconds() / MINUTE_SECONDS,
                observation(disk, flash, years));
    }

    /** This machine's device, if its file system lets reads go past the memory of the operating system. */
    private static Optional<PricedDevice> direct(ExperimentContext context) throws IOException {
        NavigableMap<Integer, Double> readsPerSecond = new TreeMap<>();
        try (DirectReads reads = new DirectReads(context)) {
            for (int bytes : PricedDevice.PAGE_BYTES) {
                OptionalDouble micros = reads.micros(bytes);
                if (micros.isEmpty()) {
                    return Optional.empty();
                }
                readsPerSecond.put(bytes, MICROS_PER_SECOND / micros.getAsDouble());
            }
        }
        return Optional.of(PricedDevice.today(
                "here, device", "measured; prices assumed", PricedDevice.flashPrice(), readsPerSecond));
    }

    private static ResultTable table(List<PricedDevice> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("device")
                .column("numbers of")
                .column("page", "KiB")
                .column("reads a second")
                .column("device", "$")
                .column("memory", "$ a MiB")
                .column("break-even", "s")
                .column("published", "s");
        SHOP.forEach(keys -> table.column(keys.name()));
        for (PricedDevice one : all) {
            List<Object> cells = new ArrayList<>(List.of(
                    one.name(),
                    one.source(),
                    one.usualPageBytes() / 1_024,
                    one.rule().accessesPerSecond(),
                    one.devicePrice(),
                    one.memoryPricePerMib(),
                    one.rule().breakEvenSeconds(),
                    one.published()));
            SHOP.forEach(keys ->
                    cells.add(one.rule().keeps(keys.secondsBetween(one.usualPageBytes())) ? "memory" : "device"));
            table.row(cells.toArray());
        }
        return table.build();
    }

    private static Plot byPageSize(List<PricedDevice> today) {
        List<Plot.Series> series = new ArrayList<>();
        for (PricedDevice device : today) {
            Plot.SeriesBuilder points = Plot.Series.named(device.name());
            for (int bytes : PricedDevice.PAGE_BYTES) {
                points.add(bytes / 1_024.0, device.rule(bytes).breakEvenSeconds());
            }
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        Plot.SeriesBuilder orders = Plot.Series.named("new orders");
        for (int bytes : PricedDevice.PAGE_BYTES) {
            orders.add(bytes / 1_024.0, ShopKeys.NEW_ORDERS.secondsBetween(bytes));
        }
        series.add(orders.as(Style.DASHED_LINE));
        return new Plot.Curves(
                "A page belongs in memory if it is read again within this time",
                Axis.logarithmic("page", "KiB"),
                Axis.logarithmic("break-even", "s"),
                series);
    }

    /** How many years a drive lasts, if the prices are all that is written. Each change is in a log. */
    private static Map<String, Double> yearsOfTheDrive() {
        double changes = ShopKeys.REQUESTS_PER_SECOND / 2.0 * ShopKeys.DAY_SECONDS;
        double log = changes * ShopKeys.ENTRY_BYTES;
        double pages = Math.ceil(ShopKeys.PRODUCTS / (double) (Work.PAGE_BYTES / ShopKeys.ENTRY_BYTES));
        double allPages = pages * Work.PAGE_BYTES;
        Map<String, Double> years = new LinkedHashMap<>();
        years.put("a page for each change", years(log + changes * Work.PAGE_BYTES));
        years.put("an LSM tree", years(log + changes * ShopKeys.ENTRY_BYTES * LSM_WRITTEN_PER_BYTE));
        years.put("in memory, pages each minute", years(log + allPages * MINUTES_PER_DAY));
        return years;
    }

    private static double years(double bytesPerDay) {
        return HardwareProfile.defaults().prices().deviceBytesWritten() / bytesPerDay / YEAR_DAYS;
    }

    private static Plot wear(Map<String, Double> years) {
        return new Plot.Bars(
                "How long a drive for 600 TB lasts, with 2,500 changes of prices a second",
                List.copyOf(years.keySet()),
                Axis.logarithmic("lifetime", "years"),
                List.of(new Plot.Group("lifetime", List.copyOf(years.values()))));
    }

    private static String observation(PricedDevice disk, PricedDevice flash, Map<String, Double> years) {
        List<Double> lasts = List.copyOf(years.values());
        return "The break-even is " + Quantity.duration(seconds(disk.rule().breakEvenSeconds()))
                + " for a disk of today, and "
                + Quantity.duration(seconds(flash.rule().breakEvenSeconds()))
                + " for a flash drive that is read one page at a time. A page of 4 KiB with prices is asked for every "
                + Quantity.duration(seconds(ShopKeys.PRICES.secondsBetween(Work.PAGE_BYTES)))
                + ": it belongs in memory, whatever the device. One with the orders of a day is read every "
                + Quantity.duration(seconds(ShopKeys.NEW_ORDERS.secondsBetween(Work.PAGE_BYTES)))
                + ": with a disk it belongs in memory, with flash it does not. If each change of a price wrote its page, the drive would last for "
                + Quantity.number(lasts.get(0)) + " years; with the pages in memory, and written once a minute, for "
                + Quantity.number(lasts.get(2)) + ".";
    }

    private static double seconds(double seconds) {
        return seconds * NANOS_PER_SECOND;
    }
}

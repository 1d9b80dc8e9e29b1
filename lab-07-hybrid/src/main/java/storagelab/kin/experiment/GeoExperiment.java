package storagelab.kin.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.kin.GeoIndex;
import storagelab.kin.Place;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * All places of the world with 15,000 inhabitants or more. Circles around some of them are searched, with several numbers of
 * ranges for a box; counted are the entries that are read.
 */
public final class GeoExperiment implements Experiment {
    private static final String FILE = "places.tsv.gz";
    private static final List<Integer> RANGES = List.of(2, 4, 8, 16, 32, 64);
    private static final int PREDICTED = 16;
    private static final double METERS = 50_000;
    private static final int BATCH = 500;

    /** For the service loader. */
    public GeoExperiment() {}

    @Override
    public String id() {
        return "7.geo";
    }

    @Override
    public String question() {
        return "How many entries are read to find the places near a point?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "The places of the world with 15,000 inhabitants or more are stored in the order of their cells, squares within squares. All "
                        + "places at most 50 km from one of them are searched for, and the box around the circle is read as 16 ranges. For each place that is "
                        + "found, how many entries are read on average?",
                "entries");
    }

    /** What the searches have read with one number of ranges. */
    private record Measured(int ranges, int places, int searches, long found, long read) {
        double readForEach() {
            return (double) read / found;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Place> places = places();
        int searches = context.pick(300, 50);
        List<Measured> measured = new ArrayList<>();
        try (CrashSafeStore store =
                CrashSafeStore.open(context.directory().resolve("places"), DurableOptions.defaults(EngineKind.LSM))) {
            CountingStore counting = new CountingStore(store);
            GeoIndex index = new GeoIndex(counting);
            for (int i = 0; i < places.size(); i += BATCH) {
                index.put(places.subList(i, Math.min(i + BATCH, places.size())), Durability.BUFFERED);
            }
            for (int ranges : RANGES) {
                context.progress(ranges + " ranges", (double) measured.size() / RANGES.size());
                measured.add(measure(counting, places, ranges, searches));
            }
        }
        if (measured.stream().mapToLong(Measured::found).distinct().count() != 1) {
            throw new AssertionError("searches that find other places with other numbers of ranges: " + measured);
        }
        double answer = find(measured, PREDICTED).readForEach();
        return new ExperimentResult(table(measured), plots(measured), answer, observation(measured));
    }

    private static Measured measure(CountingStore counting, List<Place> places, int ranges, int searches) {
        GeoIndex index = new GeoIndex(counting, ranges);
        Stored unused = counting.takeRead();
        long found = 0;
        for (int i = 0; i < searches; i++) {
            Place center = places.get((int) ((long) i * places.size() / searches));
            found += index.near(center.latitude(), center.longitude(), METERS).size();
        }
        return new Measured(
                ranges, places.size(), searches, found, counting.takeRead().entries());
    }

    /** Number, name, latitude and longitude, from GeoNames. */
    private static List<Place> places() throws IOException {
        @Nullable InputStream resource = GeoExperiment.class.getResourceAsStream(FILE);
        if (resource == null) {
            throw new IllegalStateException(FILE + " is not among the resources of lab 7");
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1) // the names of the columns
                    .map(line -> line.split("\t", -1))
                    .map(cell -> new Place(
                            Long.parseLong(cell[0]), cell[1], Double.parseDouble(cell[2]), Double.parseDouble(cell[3])))
                    .toList();
        }
    }

    private static Measured find(List<Measured> measured, int ranges) {
        return measured.stream().filter(one -> one.ranges == ranges).findFirst().orElseThrow();
    }

    private static ResultTable table(List<Measured> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("places")
                .column("searches")
                .column("ranges at most")
                .column("found by a search")
                .column("read by a search", "entries")
                .column("read for each found", "entries");
        measured.forEach(one -> table.row(
                one.places,
                one.searches,
                one.ranges,
                (double) one.found / one.searches,
                (double) one.read / one.searches,
                one.readForEach()));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> measured) {
        Plot.SeriesBuilder read = Plot.Series.named("entries read");
        Plot.SeriesBuilder found = Plot.Series.named("places found");
        Plot.SeriesBuilder scan = Plot.Series.named("a scan of all places");
        for (Measured one : measured) {
            read.add(one.ranges, (double) one.read / one.searches);
            found.add(one.ranges, (double) one.found / one.searches);
            scan.add(one.ranges, one.places);
        }
        return List.of(new Plot.Curves(
                "Entries read to find the places within 50 km",
                Axis.logarithmic("ranges that a box is read as, at most", ""),
                Axis.logarithmic("a search", "entries"),
                List.of(read.as(Style.MARKS_AND_LINE), found.as(Style.DASHED_LINE), scan.as(Style.DASHED_LINE))));
    }

    private static String observation(List<Measured> measured) {
        Measured usual = find(measured, PREDICTED);
        Measured few = measured.get(0);
        Measured most = measured.get(measured.size() - 1);
        return "A search finds " + Quantity.number((double) usual.found / usual.searches) + " of "
                + Quantity.number(usual.places) + " places on average. Read as " + PREDICTED + " ranges, it reads "
                + Quantity.number(usual.readForEach()) + " entries for each; as " + few.ranges + " ranges, "
                + Quantity.number(few.readForEach())
                + ", since a circle on the border of two large squares is in no smaller one; as "
                + most.ranges + " ranges, " + Quantity.number(most.readForEach())
                + ", of which one entry for each range is the one that ends it.";
    }
}

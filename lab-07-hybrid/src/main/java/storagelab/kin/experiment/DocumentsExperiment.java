package storagelab.kin.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
import storagelab.kin.Document;
import storagelab.kin.DocumentStore;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Orders as documents. Counted is what a query by a field reads, by an index and by a scan, and what the entries of the indexes
 * take.
 */
public final class DocumentsExperiment implements Experiment {
    private static final List<Integer> RANGES = List.of(1, 10, 100, 1_000); // cents, of PRICES
    private static final int PRICES = 10_000;
    private static final int PREDICTED = 100;
    private static final List<String> CITIES = List.of("Athens", "Bergen", "Cairo", "Dakar");

    /** For the service loader. */
    public DocumentsExperiment() {}

    @Override
    public String id() {
        return "7.documents";
    }

    @Override
    public String question() {
        return "What does a secondary index save, and what does it take?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Each of 5,000 orders is a document of about 150 bytes with a price between 0.00 and 99.99, all equally likely. There is an index "
                        + "over the prices. How many times as many bytes as the index does a scan read, to find the orders with a price of 50.00 to 50.99?",
                "times as many");
    }

    /** What one query has read. */
    private record Query(int cents, int found, Stored index, Stored scan) {
        double times() {
            return (double) scan.bytes() / index.bytes();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int orders = context.pick(5_000, 1_000);
        List<Query> queries = new ArrayList<>();
        Stored entries;
        Stored documents;
        try (CrashSafeStore store =
                CrashSafeStore.open(context.directory().resolve("orders"), DurableOptions.defaults(EngineKind.BTREE))) {
            CountingStore counting = new CountingStore(store);
            DocumentStore collection = new DocumentStore(counting);
            boolean unused = collection.createIndex("cents", Durability.BUFFERED);
            fill(context, collection, orders);
            entries = Stored.in(store, "i");
            documents = Stored.in(store, "d");
            for (int cents : RANGES) {
                queries.add(query(counting, collection, cents));
            }
        }
        double answer = find(queries, PREDICTED).times();
        return new ExperimentResult(
                table(orders, queries), plots(queries), answer, observation(queries, entries, documents));
    }

    private static void fill(ExperimentContext context, DocumentStore collection, int orders) {
        SplittableRandom random = new SplittableRandom(context.seed());
        for (int i = 0; i < orders; i++) {
            if (i % 500 == 0) {
                context.progress("taking orders", (double) i / orders);
            }
            List<Map<String, Object>> items = IntStream.range(0, 2)
                    .mapToObj(item -> Map.<String, Object>of(
                            "product", "product-" + random.nextInt(1_000), "count", (long) random.nextInt(1, 5)))
                    .toList();
            Document order = new Document(Map.of(
                    "cents",
                    (long) random.nextInt(PRICES),
                    "customer",
                    Map.of("name", "customer-" + random.nextInt(500), "city", CITIES.get(random.nextInt(4))),
                    "items",
                    items));
            collection.put("order-" + i, order, Durability.BUFFERED);
        }
    }

    private static Query query(CountingStore counting, DocumentStore collection, int cents) {
        long from = PRICES / 2;
        long to = from + cents;
        Stored unused = counting.takeRead();
        Map<String, Document> byIndex = collection.find("cents", from, to);
        Stored index = counting.takeRead();
        Map<String, Document> byScan = collection.scan(
                order -> order.at("cents").stream().anyMatch(price -> (long) price >= from && (long) price < to));
        Stored scan = counting.takeRead();
        if (!byIndex.equals(byScan)) {
            throw new AssertionError("the index finds " + byIndex.keySet() + ", and a scan " + byScan.keySet());
        }
        return new Query(cents, byIndex.size(), index, scan);
    }

    private static Query find(List<Query> queries, int cents) {
        return queries.stream()
                .filter(query -> query.cents == cents)
                .findFirst()
                .orElseThrow();
    }

    private static ResultTable table(int orders, List<Query> queries) {
        ResultTable.Builder table = ResultTable.builder()
                .column("orders")
                .column("range", "cents")
                .column("found")
                .column("read by the index", "entries")
                .column("read by the index", "bytes")
                .column("read by a scan", "entries")
                .column("read by a scan", "bytes")
                .column("times as many");
        queries.forEach(query -> table.row(
                orders,
                query.cents,
                query.found,
                query.index.entries(),
                query.index.bytes(),
                query.scan.entries(),
                query.scan.bytes(),
                query.times()));
        return table.build();
    }

    private static List<Plot> plots(List<Query> queries) {
        Plot.SeriesBuilder index = Plot.Series.named("the index");
        Plot.SeriesBuilder scan = Plot.Series.named("a scan of all documents");
        for (Query query : queries) {
            index.add(query.cents, (double) query.index.bytes());
            scan.add(query.cents, (double) query.scan.bytes());
        }
        return List.of(new Plot.Curves(
                "Bytes that a query for a range of prices reads",
                Axis.logarithmic("prices in the range, of 10,000", ""),
                Axis.logarithmic("read", "bytes"),
                List.of(index.as(Style.MARKS_AND_LINE), scan.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(List<Query> queries, Stored entries, Stored documents) {
        Query usual = find(queries, PREDICTED);
        Query large = queries.get(queries.size() - 1);
        return Quantity.number(usual.found) + " orders have a price in the dollar. The index read "
                + Quantity.number((double) usual.index.bytes())
                + " bytes to find them, entries and documents, and a scan "
                + Quantity.number((double) usual.scan.bytes()) + ", " + Quantity.number(usual.times())
                + " times as many. For a tenth of all prices it is " + Quantity.number(large.times())
                + " times as many, and each document is another get. The index takes "
                + Quantity.number((double) entries.bytes() / entries.entries()) + " bytes a document, and a document "
                + Quantity.number((double) documents.bytes() / documents.entries()) + ".";
    }
}

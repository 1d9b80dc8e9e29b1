package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.hybrid.toy.Thresholds;

/**
 * A shop sells a hundred products all the time and takes orders. Then there is a sale of 2,000 products, and then it is over. Counted is, of
 * each thousand requests, how many made their caller wait for a move: with the toy, and with the hybrid store, whose router believes what has
 * lasted for as many requests as the toy waits until it moves a product back.
 */
public final class FlashSaleExperiment implements Experiment {
    private static final int WINDOW = 1_000; // requests
    private static final int BESTSELLERS = 100;
    private static final double SALE_SHARE = 0.8; // of the requests during the sale
    private static final int READS = 3;
    private static final int SALE_PRODUCTS = 2_000;
    private static final int IDLE_WINDOWS = 40;

    /** For the service loader. */
    public FlashSaleExperiment() {}

    @Override
    public String id() {
        return "7.flash-sale";
    }

    @Override
    public String question() {
        return "Who waits when many keys become popular at once?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Four of five requests read one of 2,000 products on sale, each as likely as the others. A product is moved to the hot "
                        + "engine with its third read, and back when 40,000 requests have come without one. Then the sale ends. Of "
                        + "a thousand requests at the worst time, how many wait for a move?",
                "requests");
    }

    private enum Phase {
        BEFORE("before the sale", 20),
        SALE("during the sale", 60),
        AFTER("after the sale", 60);

        private final String words;
        private final int windows;

        Phase(String words, int windows) {
            this.words = words;
            this.windows = windows;
        }
    }

    /** What a thousand requests have cost. */
    private record Window(Phase phase, int waited, long moves) {}

    /** Sizes, which are smaller by the same factor in a quick run. */
    private record Sizes(int divisor) {
        int saleProducts() {
            return SALE_PRODUCTS / divisor;
        }

        int windows(Phase phase) {
            return phase.windows / divisor;
        }

        int windows() {
            return Stream.of(Phase.values()).mapToInt(this::windows).sum();
        }

        int idleRequests() {
            return IDLE_WINDOWS * WINDOW / divisor;
        }
    }

    /** What the load has cost one store. */
    private record Sale(String store, List<Window> windows) {
        Stream<Window> of(Phase phase) {
            return windows.stream().filter(window -> window.phase == phase);
        }

        double mean(Phase phase) {
            return of(phase).mapToInt(Window::waited).average().orElseThrow();
        }

        int worst(Phase phase) {
            return of(phase).mapToInt(Window::waited).max().orElseThrow();
        }

        long moves(Phase phase) {
            return of(phase).mapToLong(Window::moves).sum();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        Sizes sizes = new Sizes(context.pick(1, 5));
        Path directory = context.directory();
        Sale toy =
                sale(context, sizes, Hybrid.toy(directory.resolve("toy"), new Thresholds(READS, sizes.idleRequests())));
        Optional<Sale> real = RealHybrid.ifDone(() -> sale(
                context,
                sizes,
                RealHybrid.open(
                        directory.resolve("real"), RealHybrid.Settings.small(sizes.idleRequests(), context.seed()))));
        List<Sale> sales = Stream.concat(Stream.of(toy), real.stream()).toList();
        int worst = toy.windows.stream().mapToInt(Window::waited).max().orElseThrow();
        return new ExperimentResult(table(sales), plots(sales), worst, observation(toy, real));
    }

    private static Sale sale(ExperimentContext context, Sizes sizes, Hybrid opened) {
        List<Window> windows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(context.seed());
        try (Hybrid hybrid = opened) {
            for (int i = 0; i < BESTSELLERS + sizes.saleProducts(); i++) {
                hybrid.store().put(Shop.product(i), Shop.value(random));
            }
            hybrid.filled();
            for (int i = 0; i < BESTSELLERS * READS; i++) {
                read(hybrid, i % BESTSELLERS);
                hybrid.answered();
            }
            for (Phase phase : Phase.values()) {
                for (int i = 0; i < sizes.windows(phase); i++) {
                    context.progress(hybrid.name() + " " + phase.words, (double) windows.size() / sizes.windows());
                    windows.add(window(hybrid, phase, sizes, windows.size(), random));
                }
            }
            return new Sale(hybrid.name(), windows);
        }
    }

    private static Window window(Hybrid hybrid, Phase phase, Sizes sizes, int number, SplittableRandom random) {
        long movesBefore = hybrid.moves();
        int waited = 0;
        for (int i = 0; i < WINDOW; i++) {
            long moves = hybrid.moves();
            if (phase == Phase.SALE && random.nextDouble() < SALE_SHARE) {
                read(hybrid, BESTSELLERS + random.nextInt(sizes.saleProducts()));
            } else if (random.nextBoolean()) {
                read(hybrid, random.nextInt(BESTSELLERS));
            } else {
                hybrid.store().put(Shop.order((long) number * WINDOW + i), Shop.value(random));
            }
            waited += hybrid.moves() > moves ? 1 : 0;
            hybrid.answered();
        }
        return new Window(phase, waited, hybrid.moves() - movesBefore);
    }

    private static void read(Hybrid hybrid, int product) {
        Slice key = Shop.product(product);
        if (hybrid.store().get(key).isEmpty()) {
            throw new AssertionError(key + " was put and is not there");
        }
    }

    private static ResultTable table(List<Sale> sales) {
        ResultTable.Builder table = ResultTable.builder()
                .column("store")
                .column("phase")
                .column("requests")
                .column("moves")
                .column("waited, of a thousand", "mean")
                .column("waited, of a thousand", "worst");
        for (Sale sale : sales) {
            for (Phase phase : Phase.values()) {
                table.row(
                        sale.store,
                        phase.words,
                        sale.of(phase).count() * WINDOW,
                        sale.moves(phase),
                        sale.mean(phase),
                        sale.worst(phase));
            }
        }
        return table.build();
    }

    private static List<Plot> plots(List<Sale> sales) {
        Axis requests = Axis.linear("requests", "thousands");
        return List.of(
                new Plot.Curves(
                        "A sale begins, and ends",
                        requests,
                        Axis.linear("requests that wait for a move", "of a thousand"),
                        series(sales, Window::waited)),
                new Plot.Curves(
                        "Moves, whether a request waits for them or not",
                        requests,
                        Axis.linear("keys moved", "in a thousand requests"),
                        series(sales, Window::moves)));
    }

    private static List<Plot.Series> series(List<Sale> sales, ToDoubleFunction<Window> value) {
        List<Plot.Series> all = new ArrayList<>();
        for (Sale sale : sales) {
            Plot.SeriesBuilder series = Plot.Series.named(sale.store);
            for (int i = 0; i < sale.windows.size(); i++) {
                series.add(i + 1, value.applyAsDouble(sale.windows.get(i)));
            }
            all.add(series.as(Style.MARKS_AND_LINE));
        }
        return all;
    }

    private static String observation(Sale toy, Optional<Sale> real) {
        return "Of a thousand requests before the sale, " + toy.worst(Phase.BEFORE)
                + " waited for a move. When the sale had begun, "
                + toy.worst(Phase.SALE)
                + " did at the worst time: the products reach their third read at about the same time. The worst came after the sale, when "
                + toy.worst(Phase.AFTER)
                + " of a thousand requests, which had nothing to do with it, moved its products back."
                + real.map(FlashSaleExperiment::observation).orElse(RealHybrid.NOT_DONE);
    }

    private static String observation(Sale real) {
        return " The hybrid store moved " + Quantity.number((double) real.moves(Phase.BEFORE))
                + " keys before the sale, "
                + Quantity.number((double) real.moves(Phase.SALE)) + " during it and "
                + Quantity.number((double) real.moves(Phase.AFTER)) + " after it, all of them between requests: "
                + Quantity.number(real.windows.stream().mapToInt(Window::waited).sum()) + " requests waited.";
    }
}

package storagelab.hybrid.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.ResultTable;
import storagelab.hybrid.toy.Thresholds;

/**
 * A shop sells a hundred products all the time and takes orders. Then there is a sale of 2,000 products, and then it is over. Counted is, of
 * each thousand requests, how many made their caller wait for a move.
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

        Thresholds thresholds() {
            return new Thresholds(READS, IDLE_WINDOWS * WINDOW / divisor);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        Sizes sizes = new Sizes(context.pick(1, 5));
        List<Window> windows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(context.seed());
        String name;
        try (Hybrid hybrid = Hybrid.toy(context.directory(), sizes.thresholds())) {
            name = hybrid.name();
            for (int i = 0; i < BESTSELLERS + sizes.saleProducts(); i++) {
                hybrid.store().put(Shop.product(i), Shop.value(random));
            }
            for (int i = 0; i < BESTSELLERS * READS; i++) {
                read(hybrid, i % BESTSELLERS);
            }
            for (Phase phase : Phase.values()) {
                for (int i = 0; i < sizes.windows(phase); i++) {
                    context.progress(phase.words, (double) windows.size() / sizes.windows());
                    windows.add(window(hybrid, phase, sizes, windows.size(), random));
                }
            }
        }
        int worst = windows.stream().mapToInt(Window::waited).max().orElseThrow();
        return new ExperimentResult(table(name, windows), plots(name, windows), worst, observation(windows));
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
        }
        return new Window(phase, waited, hybrid.moves() - movesBefore);
    }

    private static void read(Hybrid hybrid, int product) {
        Slice key = Shop.product(product);
        if (hybrid.store().get(key).isEmpty()) {
            throw new AssertionError(key + " was put and is not there");
        }
    }

    private static double mean(List<Window> windows, Phase phase) {
        return windows.stream()
                .filter(window -> window.phase == phase)
                .mapToInt(Window::waited)
                .average()
                .orElseThrow();
    }

    private static int worst(List<Window> windows, Phase phase) {
        return windows.stream()
                .filter(window -> window.phase == phase)
                .mapToInt(Window::waited)
                .max()
                .orElseThrow();
    }

    private static ResultTable table(String name, List<Window> windows) {
        ResultTable.Builder table = ResultTable.builder()
                .column("store")
                .column("phase")
                .column("requests")
                .column("moves")
                .column("waited, of a thousand", "mean")
                .column("waited, of a thousand", "worst");
        for (Phase phase : Phase.values()) {
            List<Window> those =
                    windows.stream().filter(window -> window.phase == phase).toList();
            table.row(
                    name,
                    phase.words,
                    those.size() * WINDOW,
                    those.stream().mapToLong(Window::moves).sum(),
                    mean(windows, phase),
                    worst(windows, phase));
        }
        return table.build();
    }

    private static List<Plot> plots(String name, List<Window> windows) {
        Plot.SeriesBuilder waited = Plot.Series.named(name);
        for (int i = 0; i < windows.size(); i++) {
            waited.add(i + 1, windows.get(i).waited);
        }
        return List.of(new Plot.Curves(
                "A sale begins, and ends",
                Axis.linear("requests", "thousands"),
                Axis.linear("requests that wait for a move", "of a thousand"),
                List.of(waited.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(List<Window> windows) {
        return "Of a thousand requests before the sale, " + worst(windows, Phase.BEFORE)
                + " waited for a move. When the sale had begun, "
                + worst(windows, Phase.SALE)
                + " did at the worst time: the products reach their third read at about the same time. The worst came after the sale, when "
                + worst(windows, Phase.AFTER)
                + " of a thousand requests, which had nothing to do with it, moved its products back.";
    }
}

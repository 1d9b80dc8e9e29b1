package storagelab.cost.experiment;

import java.util.List;
import storagelab.cost.EngineCosts;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/** What loads cost on both engines: as the model predicts, as their work was counted, and as long as they took. */
public final class CostModelExperiment implements Experiment {
    private static final double PERCENT = 100;

    /** For the service loader. */
    public CostModelExperiment() {}

    @Override
    public String id() {
        return "7.cost-model";
    }

    @Override
    public String question() {
        return "Which engine is cheaper for a load, before it has run?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Loads differ in the size of values, in locality, and in what is asked for. Each is given to a B+tree and to an LSM tree with "
                        + "the same memory. A model has predicted from these numbers which engine does less work. Of a hundred loads, for "
                        + "how many is it right?",
                "%");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        List<Comparison> comparisons = Comparisons.measure(context);
        double counted = PERCENT
                * comparisons.stream().filter(Comparison::isOrderCounted).count()
                / comparisons.size();
        double timed =
                PERCENT * comparisons.stream().filter(Comparison::isOrderOfTime).count() / comparisons.size();
        String observation = "Of " + comparisons.size() + " loads, the model names the engine that does less work for "
                + Quantity.number(counted) + " %. It names the engine that took less time here for "
                + Quantity.number(timed)
                + " %: this machine had all files in its memory, and the profile is that of a flash drive.";
        return new ExperimentResult(table(comparisons), plots(comparisons), counted, observation);
    }

    private static ResultTable table(List<Comparison> comparisons) {
        ResultTable.Builder table = ResultTable.builder()
                .column("load")
                .column("B+tree, predicted", "µs")
                .column("LSM tree, predicted", "µs")
                .column("B+tree, counted", "µs")
                .column("LSM tree, counted", "µs")
                .column("B+tree, time here", "µs")
                .column("LSM tree, time here", "µs")
                .column("right");
        for (Comparison comparison : comparisons) {
            table.row(
                    comparison.workload().name(),
                    comparison.predicted().btreeMicros(),
                    comparison.predicted().lsmMicros(),
                    comparison.counted().btreeMicros(),
                    comparison.counted().lsmMicros(),
                    comparison.wall().btreeMicros(),
                    comparison.wall().lsmMicros(),
                    comparison.isOrderCounted() ? "yes" : "no");
        }
        return table.build();
    }

    private static double ratio(EngineCosts costs) {
        return costs.lsmMicros() / costs.btreeMicros();
    }

    private static List<Plot> plots(List<Comparison> comparisons) {
        Plot.SeriesBuilder counted = Plot.Series.named("a load");
        Plot.SeriesBuilder timed = Plot.Series.named("a load");
        Plot.SeriesBuilder same = Plot.Series.named("as predicted");
        comparisons.stream()
                .mapToDouble(comparison -> ratio(comparison.predicted()))
                .sorted()
                .forEach(x -> same.add(x, x));
        for (Comparison comparison : comparisons) {
            double predicted = ratio(comparison.predicted());
            counted.add(predicted, ratio(comparison.counted()));
            timed.add(predicted, ratio(comparison.wall()));
        }
        Axis predicted = Axis.logarithmic("LSM tree to B+tree, predicted", "times");
        return List.of(
                new Plot.Curves(
                        "Predicted and counted",
                        predicted,
                        Axis.logarithmic("LSM tree to B+tree, counted", "times"),
                        List.of(counted.as(Style.MARKS), same.as(Style.DASHED_LINE))),
                new Plot.Curves(
                        "Predicted for a flash drive, and the time that it took here",
                        predicted,
                        Axis.logarithmic("LSM tree to B+tree, time", "times"),
                        List.of(timed.as(Style.MARKS), same.as(Style.DASHED_LINE))));
    }
}

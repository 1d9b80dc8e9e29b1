package storagelab.hybrid.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.ResultTable;
import storagelab.hybrid.AutoTuner;
import storagelab.hybrid.TunerOptions;
import storagelab.hybrid.TuningDecision;
import storagelab.hybrid.TuningDecision.Verdict;

/** A tuner that divides a memory between memtable and block cache, on four loads, next to every fixed division. */
public final class TunerExperiment implements Experiment {
    private static final int START = 4; // 5 MiB each
    private static final int DAY = 400; // windows of a day, and of a night
    private static final int PLOTTED = 40; // windows for one point

    /** How many of a hundred requests are gets, by the number of the window. */
    private enum Load {
        GETS("gets"),
        HALF("half and half"),
        PUTS("puts"),
        DAY_AND_NIGHT("gets by day, puts by night");

        private final String words;

        Load(String words) {
            this.words = words;
        }

        double gets(int window) {
            return switch (this) {
                case GETS -> 0.95;
                case HALF -> 0.5;
                case PUTS -> 0.05;
                case DAY_AND_NIGHT -> window / DAY % 2 == 0 ? 0.95 : 0.05;
            };
        }
    }

    /** Windows that a memory is asked for one after the other. */
    private record Windows(Load load, int count, int requests) {
        Run fixed(SplitMemory memory) {
            return run(memory, List.of(), cost -> {});
        }

        Run tuned(SplitMemory memory) {
            List<TuningDecision> decisions = new ArrayList<>();
            AutoTuner tuner = new AutoTuner(List.of(memory), TunerOptions.defaults(), decisions::add);
            return run(memory, decisions, tuner::windowEnded);
        }

        private Run run(SplitMemory memory, List<TuningDecision> decisions, DoubleConsumer windowEnded) {
            List<Double> costs = new ArrayList<>();
            List<Integer> settings = new ArrayList<>();
            for (int window = 0; window < count; window++) {
                settings.add(memory.setting());
                double cost = memory.window(requests, load.gets(window));
                costs.add(cost);
                windowEnded.accept(cost);
            }
            return new Run(costs, settings, decisions);
        }
    }

    /** The cost of each window, and what the tuner did. */
    private record Run(List<Double> costs, List<Integer> settings, List<TuningDecision> decisions) {
        /** The mean cost of the second half. */
        double settled() {
            return costs.subList(costs.size() / 2, costs.size()).stream()
                    .mapToDouble(cost -> cost)
                    .average()
                    .orElse(0);
        }

        long count(Verdict verdict) {
            return decisions.stream()
                    .filter(decision -> decision.verdict() == verdict)
                    .count();
        }
    }

    /** One load: tuned, and with each fixed setting. */
    private record Outcome(Load load, Run tuned, List<Run> fixed) {
        int best() {
            int best = 0;
            for (int setting = 1; setting < fixed.size(); setting++) {
                best = fixed.get(setting).settled() < fixed.get(best).settled() ? setting : best;
            }
            return best;
        }

        double savedPercent() {
            return 100 * (1 - tuned.settled() / fixed.get(START).settled());
        }
    }

    /** For the service loader. */
    public TunerExperiment() {}

    @Override
    public String id() {
        return "7.tuner";
    }

    @Override
    public String question() {
        return "Does a store that turns its own knobs find the right setting, and what does looking for it cost?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "An LSM tree has 5 MiB for its memtable and 5 MiB for its block cache. 95 of 100 requests are puts. A tuner tries"
                        + " other divisions of the 10 MiB. How many percent of the bytes read and written does it save, its own"
                        + " trials included, when it has settled?",
                "percent");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int windows = context.pick(2_400, 1_600);
        int requests = context.pick(5_000, 1_000); // of a window
        List<Outcome> outcomes = new ArrayList<>();
        for (Load load : Load.values()) {
            context.progress(load.words, (double) load.ordinal() / Load.values().length);
            Windows all = new Windows(load, windows, requests);
            List<Run> fixed = new ArrayList<>();
            for (int setting = 0; setting < SplitMemory.SETTINGS; setting++) {
                fixed.add(all.fixed(new SplitMemory(setting, context.seed())));
            }
            outcomes.add(new Outcome(load, all.tuned(new SplitMemory(START, context.seed())), fixed));
        }
        Outcome puts = outcomes.get(Load.PUTS.ordinal());
        return new ExperimentResult(table(outcomes), plots(outcomes), puts.savedPercent(), observation(outcomes));
    }

    private static ResultTable table(List<Outcome> outcomes) {
        ResultTable.Builder table = ResultTable.builder()
                .column("load")
                .column("5 MiB each", "bytes a request")
                .column("tuned", "bytes a request")
                .column("best fixed", "bytes a request")
                .column("best memtable", "MiB")
                .column("tuned memtable, at the end", "MiB")
                .column("kept")
                .column("rolled back");
        for (Outcome outcome : outcomes) {
            Run tuned = outcome.tuned;
            table.row(
                    outcome.load.words,
                    Math.rint(outcome.fixed.get(START).settled()),
                    Math.rint(tuned.settled()),
                    Math.rint(outcome.fixed.get(outcome.best()).settled()),
                    outcome.best() + 1,
                    tuned.settings.get(tuned.settings.size() - 1) + 1,
                    tuned.count(Verdict.KEPT),
                    tuned.decisions.size() - tuned.count(Verdict.KEPT));
        }
        return table.build();
    }

    private static List<Plot> plots(List<Outcome> outcomes) {
        List<Plot.Group> groups = List.of(
                group("5 MiB each", outcomes, START),
                new Plot.Group(
                        "tuned",
                        outcomes.stream()
                                .map(outcome -> Math.rint(outcome.tuned.settled()))
                                .toList()),
                group("1 MiB memtable", outcomes, 0),
                group("9 MiB memtable", outcomes, 8));
        List<Plot.Series> series = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Plot.SeriesBuilder points = Plot.Series.named(outcome.load.words);
            List<Integer> settings = outcome.tuned.settings;
            for (int window = PLOTTED / 2; window < settings.size(); window += PLOTTED) {
                points.add(window, settings.get(window) + 1.0);
            }
            series.add(points.as(Plot.Style.MARKS_AND_LINE));
        }
        return List.of(
                new Plot.Bars(
                        "What a request costs, in the second half",
                        outcomes.stream().map(outcome -> outcome.load.words).toList(),
                        Axis.linear("cost", "bytes"),
                        groups),
                new Plot.Curves(
                        "What the tuner sets", Axis.linear("window", ""), Axis.linear("memtable", "MiB"), series));
    }

    private static Plot.Group group(String name, List<Outcome> outcomes, int setting) {
        return new Plot.Group(
                name,
                outcomes.stream()
                        .map(outcome -> Math.rint(outcome.fixed.get(setting).settled()))
                        .toList());
    }

    private static String observation(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> String.format(
                        Locale.ROOT,
                        "%s: %.1f %% saved, %.1f %% more than the best fixed setting",
                        outcome.load.words,
                        outcome.savedPercent(),
                        100
                                * (outcome.tuned.settled()
                                                / outcome.fixed
                                                        .get(outcome.best())
                                                        .settled()
                                        - 1)))
                .collect(Collectors.joining("; ", "In the second half, trials included: ", "."));
    }
}

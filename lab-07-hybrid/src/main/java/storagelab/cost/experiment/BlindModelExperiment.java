package storagelab.cost.experiment;

import java.util.ArrayList;
import java.util.List;
import storagelab.cost.CostModel;
import storagelab.cost.EngineCosts;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.cost.Locality;
import storagelab.cost.RangeData;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/** The cost model, and what becomes of it if it cannot see the size of values, locality, or the device. */
public final class BlindModelExperiment implements Experiment {
    private static final double PERCENT = 100;
    private static final int ENTRY_BYTES = 116;
    private static final HardwareProfile.Device TURNING_DISK =
            new HardwareProfile.Device(8_000, 0.01, 0.01, 8_000, 8_000);

    /** For the service loader. */
    public BlindModelExperiment() {}

    @Override
    public String id() {
        return "7.blind-model";
    }

    @Override
    public String question() {
        return "What does a cost model have to see?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Choice(
                "A model chooses for each of some loads between a B+tree and an LSM tree. Without which of these does it choose worst, as "
                        + "measured by the work of the engine that it chooses?",
                List.of("the size of the values", "which part of the keys is hot", "the device"));
    }

    /** A model that sees what it is given, or less. */
    private interface Model {
        EngineCosts costs(Workload workload, EngineSettings settings);
    }

    /** How good the choices of a model were. */
    private record Choices(String model, double rightPercent, double costsTimes, double worstTimes) {
        static Choices of(String name, Model model, List<Comparison> comparisons, EngineSettings settings) {
            int right = 0;
            double sum = 0;
            double worst = 1;
            for (Comparison comparison : comparisons) {
                EngineCosts counted = comparison.counted();
                EngineCosts predicted = model.costs(comparison.workload(), settings);
                double times = counted.of(predicted.cheaper()) / counted.of(counted.cheaper());
                right += predicted.cheaper() == counted.cheaper() ? 1 : 0;
                sum += times;
                worst = Math.max(worst, times);
            }
            return new Choices(name, PERCENT * right / comparisons.size(), sum / comparisons.size(), worst);
        }
    }

    private static EngineCosts costs(
            HardwareProfile profile, EngineSettings settings, Workload workload, RangeData data) {
        return new CostModel(profile, settings).costs(workload.load(1), 1, data);
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        HardwareProfile flash = HardwareProfile.defaults();
        List<Comparison> comparisons = Comparisons.measure(context);
        EngineSettings settings = Comparisons.plan(context).settings();
        List<Choices> choices = new ArrayList<>();
        Model seeing = (workload, with) -> costs(flash, with, workload, workload.data());
        Model sizeless = (workload, with) -> costs(
                flash,
                with,
                workload,
                new RangeData(workload.entries(), (long) ENTRY_BYTES * workload.entries(), workload.locality()));
        Model even =
                (workload, with) -> costs(flash, with, workload, workload.data().withLocality(Locality.UNIFORM));
        Model turning = (workload, with) -> costs(flash.withDevice(TURNING_DISK), with, workload, workload.data());
        choices.add(Choices.of("everything", seeing, comparisons, settings));
        choices.add(Choices.of("no size of values", sizeless, comparisons, settings));
        choices.add(Choices.of("no hot part", even, comparisons, settings));
        choices.add(Choices.of("no device", turning, comparisons, settings));
        int worst = 1;
        for (int i = 2; i < choices.size(); i++) {
            worst = choices.get(i).costsTimes > choices.get(worst).costsTimes ? i : worst;
        }
        String observation = "Of " + comparisons.size() + " loads, the model that sees everything is right for "
                + Quantity.number(choices.get(0).rightPercent) + " %, and what it chooses costs "
                + Quantity.number(choices.get(0).costsTimes)
                + " times as much as the cheaper engine, on average. The worst of the others is the one that sees "
                + choices.get(worst).model + ": right for " + Quantity.number(choices.get(worst).rightPercent)
                + " %, and " + Quantity.number(choices.get(worst).costsTimes) + " times the cost.";
        return new ExperimentResult(table(choices), plots(choices), worst - 1.0, observation);
    }

    private static ResultTable table(List<Choices> choices) {
        ResultTable.Builder table = ResultTable.builder()
                .column("the model sees")
                .column("is right", "%")
                .column("costs, mean", "times the cheaper engine")
                .column("costs, worst", "times the cheaper engine");
        choices.forEach(of -> table.row(of.model, of.rightPercent, of.costsTimes, of.worstTimes));
        return table.build();
    }

    private static List<Plot> plots(List<Choices> choices) {
        return List.of(new Plot.Bars(
                "What the engines cost that a model chooses",
                choices.stream().map(Choices::model).toList(),
                Axis.linear("cost", "times the cheaper engine"),
                List.of(
                        new Plot.Group(
                                "mean",
                                choices.stream().map(Choices::costsTimes).toList()),
                        new Plot.Group(
                                "worst",
                                choices.stream().map(Choices::worstTimes).toList()))));
    }
}

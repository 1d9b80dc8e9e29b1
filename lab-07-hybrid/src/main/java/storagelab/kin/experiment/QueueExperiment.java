package storagelab.kin.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Durability;
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
import storagelab.file.FileMetrics;
import storagelab.kin.LogQueue;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Messages that are appended and consumed in batches of several sizes, each SYNCED: counted are syncs, and bytes written to
 * files.
 */
public final class QueueExperiment implements Experiment {
    private static final int MESSAGE_BYTES = 100;
    private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256);
    private static final int PREDICTED = 16;
    private static final String TOPIC = "orders";
    private static final String GROUP = "bills";

    /** For the service loader. */
    public QueueExperiment() {}

    @Override
    public String id() {
        return "7.queue";
    }

    @Override
    public String question() {
        return "What does a message in a queue cost that forgets none?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Messages of 100 bytes are appended in batches of 16 and consumed 16 at a time. Every append and every consumption is on the disk when "
                        + "it returns. How many syncs is that for each message?",
                "syncs");
    }

    /** What the messages have cost with one size of batches. */
    private record Measured(int batch, int messages, long syncs, long appended, long consumed) {
        double syncsEach() {
            return (double) syncs / messages;
        }

        double bytesEach() {
            return (double) (appended + consumed) / messages;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int messages = context.pick(2_048, 512);
        List<Measured> all = new ArrayList<>();
        for (int batch : BATCHES) {
            context.progress("batches of " + batch, (double) all.size() / BATCHES.size());
            all.add(measure(context, batch, messages));
        }
        Measured usual = find(all, PREDICTED);
        return new ExperimentResult(table(all), plots(all), usual.syncsEach(), observation(all));
    }

    private static Measured measure(ExperimentContext context, int batch, int messages) {
        SplittableRandom random = new SplittableRandom(context.seed());
        DurableOptions options = DurableOptions.defaults(EngineKind.LSM);
        try (CrashSafeStore store = CrashSafeStore.open(context.directory().resolve("batch-" + batch), options)) {
            LogQueue queue = new LogQueue(store);
            long first = queue.subscribe(TOPIC, GROUP, Durability.SYNCED);
            long syncs = store.stats().get(FileMetrics.SYNCS);
            long bytes = store.stats().get(FileMetrics.BYTES_WRITTEN);
            byte[] body = new byte[MESSAGE_BYTES];
            for (int i = 0; i < messages; i += batch) {
                random.nextBytes(body);
                first = queue.append(TOPIC, Collections.nCopies(batch, Slice.copyOf(body)), Durability.SYNCED);
            }
            long appended = store.stats().get(FileMetrics.BYTES_WRITTEN);
            int consumed = 0;
            while (queue.lag(TOPIC, GROUP) > 0) {
                consumed += queue.consume(TOPIC, GROUP, batch, (transaction, message) -> {}, Durability.SYNCED);
            }
            if (consumed != messages || first != messages - batch) {
                throw new AssertionError(consumed + " of " + messages + " messages were consumed");
            }
            return new Measured(
                    batch,
                    messages,
                    store.stats().get(FileMetrics.SYNCS) - syncs,
                    appended - bytes,
                    store.stats().get(FileMetrics.BYTES_WRITTEN) - appended);
        }
    }

    private static Measured find(List<Measured> all, int batch) {
        return all.stream().filter(one -> one.batch == batch).findFirst().orElseThrow();
    }

    private static ResultTable table(List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("messages")
                .column("in a batch")
                .column("syncs for each")
                .column("written by appends, for each", "bytes")
                .column("written by offsets, for each", "bytes");
        all.forEach(one -> table.row(
                one.messages,
                one.batch,
                one.syncsEach(),
                (double) one.appended / one.messages,
                (double) one.consumed / one.messages));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all) {
        Plot.SeriesBuilder syncs = Plot.Series.named("syncs");
        Plot.SeriesBuilder bytes = Plot.Series.named("bytes");
        for (Measured one : all) {
            syncs.add(one.batch, one.syncsEach());
            bytes.add(one.batch, one.bytesEach());
        }
        Axis batch = Axis.logarithmic("messages in a batch", "");
        return List.of(
                new Plot.Curves(
                        "Syncs for each message",
                        batch,
                        Axis.logarithmic("syncs", ""),
                        List.of(syncs.as(Style.MARKS_AND_LINE))),
                new Plot.Curves(
                        "Bytes written for each message of " + MESSAGE_BYTES,
                        batch,
                        Axis.linear("written", "bytes"),
                        List.of(bytes.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(List<Measured> all) {
        Measured single = all.get(0);
        Measured usual = find(all, PREDICTED);
        return "One at a time, a message takes " + Quantity.number(single.syncsEach()) + " syncs, and "
                + Quantity.number(single.bytesEach()) + " bytes are written for its " + MESSAGE_BYTES
                + ". In batches of " + PREDICTED + " it takes " + Quantity.number(usual.syncsEach()) + " syncs and "
                + Quantity.number(usual.bytesEach())
                + " bytes: an append is one commit and so is a consumption, however many messages they have.";
    }
}

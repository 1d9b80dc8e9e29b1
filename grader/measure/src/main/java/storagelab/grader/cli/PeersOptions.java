package storagelab.grader.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;
import storagelab.grader.bench.LabBenchmarks;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.peers.EngineCatalog;
import storagelab.grader.bench.peers.EngineSpec;
import storagelab.grader.bench.peers.PeerPlan;
import storagelab.grader.model.PeersResult;

/** What {@code lab bench --against peers} does, and its options. */
public final class PeersOptions implements EngineComparison {
    @Option(
            names = "--engines",
            paramLabel = "NAME",
            split = ",",
            description = "With --against peers: only these engines, such as ours,lmdb.")
    private Set<String> engines = new LinkedHashSet<>();

    @Option(
            names = "--workloads",
            paramLabel = "NAME",
            split = ",",
            description = "With --against peers: only these workloads, such as readrandom,ycsb-b.")
    private Set<String> workloads = new LinkedHashSet<>();

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "With --against peers: so many records, and as much less or more cache. Default: 1000000.")
    private @Nullable Integer records;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "With --against peers: how often each engine is measured. Default: 3.")
    private @Nullable Integer rounds;

    @Override
    public boolean hasEngine(int lab) {
        return EngineCatalog.hasEngine(lab);
    }

    @Override
    public PeersResult run(LabContext context, LabBenchmarks.Request request, boolean quick, Consumer<String> say)
            throws IOException, InterruptedException {
        int lab = request.lab();
        return new PeersBench(context, say).run(request, plan(lab, quick), engines(lab));
    }

    /** The engines that were asked for, in the order of the catalog. */
    List<EngineSpec> engines(int lab) {
        List<EngineSpec> all = EngineCatalog.all(lab);
        if (engines.isEmpty()) {
            return EngineCatalog.standard(lab);
        }
        List<String> names = all.stream().map(EngineSpec::name).toList();
        requireKnown("engine", engines, names);
        return all.stream().filter(engine -> engines.contains(engine.name())).toList();
    }

    /** What is measured for lab {@code lab}. */
    PeerPlan plan(int lab, boolean quick) {
        PeerPlan plan = (quick ? PeerPlan.quick() : PeerPlan.standard()).withWorkloads(EngineCatalog.workloads(lab));
        if (records != null) {
            requirePositive("--records", records);
            plan = plan.withRecords(records);
        }
        if (rounds != null) {
            requirePositive("--rounds", rounds);
            plan = plan.withRounds(rounds);
        }
        if (!workloads.isEmpty()) {
            requireKnown("workload", workloads, EngineWorkload.ids());
            Set<EngineWorkload> wanted = EnumSet.noneOf(EngineWorkload.class);
            workloads.forEach(id -> wanted.add(EngineWorkload.of(id).orElseThrow()));
            plan = plan.withWorkloads(wanted);
        }
        return plan;
    }

    private static void requireKnown(String what, Set<String> asked, List<String> known) {
        for (String name : asked) {
            if (!known.contains(name)) {
                throw LabException.usage(
                        "There is no " + what + " " + name + ".", "There are " + String.join(", ", known) + ".");
            }
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw LabException.usage(option + " " + value + " is not positive.", "Give a number from 1 on.");
        }
    }

    @Override
    public String again() {
        List<String> words = new ArrayList<>();
        if (!engines.isEmpty()) {
            words.add(" --engines " + String.join(",", engines));
        }
        if (!workloads.isEmpty()) {
            words.add(" --workloads " + String.join(",", workloads));
        }
        if (records != null) {
            words.add(" --records " + records);
        }
        if (rounds != null) {
            words.add(" --rounds " + rounds);
        }
        return String.join("", words);
    }
}

package storagelab.grader.bench.peers;

import java.util.ArrayList;
import java.util.List;
import storagelab.grader.bench.peers.PeerComparison.Measured;
import storagelab.grader.model.PeersResult;
import storagelab.grader.model.PeersResult.Engine;
import storagelab.grader.model.PeersResult.Row;
import storagelab.grader.model.PeersResult.Setup;

/** Makes the report of a comparison out of its measurements. */
public final class PeerJudge {
    private PeerJudge() {}

    /** What {@code measured} says about {@code engines}; about targets only where their workloads were asked for. */
    public static PeersResult judge(Setup setup, List<EngineSpec> engines, Measured measured) {
        PeerFigures figures = new PeerFigures(measured.samples());
        List<Engine> shown = engines.stream()
                .map(engine -> new Engine(
                        engine.name(), engine.description(), measured.problems().getOrDefault(engine.name(), "")))
                .toList();
        List<Row> rows = new ArrayList<>();
        figures.cells().forEach((workload, cells) -> rows.add(new Row(workload.id(), workload.describe(), cells)));
        boolean oursMeasured = engines.stream().anyMatch(engine -> engine.name().equals(EngineCatalog.OURS));
        List<PeerTarget> targets = oursMeasured ? PeerTargets.of(setup.lab()) : List.of();
        return new PeersResult(
                setup,
                shown,
                rows,
                targets.stream()
                        .filter(target -> figures.cells().keySet().containsAll(target.needs()))
                        .map(target -> target.judge(figures))
                        .toList(),
                figures.leftOut());
    }
}

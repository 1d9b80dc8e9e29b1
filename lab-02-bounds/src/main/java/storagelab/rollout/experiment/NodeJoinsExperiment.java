package storagelab.rollout.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.rollout.ConsistentHashRing;
import storagelab.rollout.RingHash;
import storagelab.rollout.RolloutRing;
import storagelab.rollout.VirtualNode;
import storagelab.rollout.toy.ModuloPlacement;

/** A node joins clusters of different sizes: how many keys are on another node afterwards, and how even it is. */
public final class NodeJoinsExperiment implements Experiment {
    private static final int[] NODE_COUNTS = {1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50};
    private static final int[] POINTS_PER_NODE = {1, 4, 16, 64, 256, 1024};
    private static final int USUAL_POINTS = 256;
    private static final int ASKED_NODES = 10;
    private static final int CLUSTERS = 10;

    /** For the service loader. */
    public NodeJoinsExperiment() {}

    @Override
    public String id() {
        return "2.node-joins";
    }

    @Override
    public String question() {
        return "How many keys move when a node joins a cluster?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Ten caches have the keys by hash % 10. An eleventh joins, and it is hash % 11. What percentage of the keys "
                        + "is looked for in another cache than before?",
                "percent of the keys");
    }

    /** What a joining did on average: keys that moved, of which between old nodes, and the busiest node, in percent. */
    private record Joining(double movedByModulo, double moved, double movedBetweenOld, double busiest) {
        static final Joining NONE = new Joining(0, 0, 0, 0);

        /** This and a part of {@code other}. */
        Joining plus(Joining other, double part) {
            return new Joining(
                    movedByModulo + part * other.movedByModulo,
                    moved + part * other.moved,
                    movedBetweenOld + part * other.movedBetweenOld,
                    busiest + part * other.busiest);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        ResultTable.Builder table = ResultTable.builder()
                .column("nodes before")
                .column("points a node")
                .column("modulo: moved", "%")
                .column("ring: moved", "%")
                .column("ring: moved between old nodes", "%")
                .column("ring: busiest node", "% of the mean");
        List<String> keys = IntStream.range(0, context.pick(20_000, 2_000))
                .mapToObj(i -> "key-" + i)
                .toList();
        Plot.SeriesBuilder modulo = Plot.Series.named("hash % n");
        Plot.SeriesBuilder ring = Plot.Series.named("ring");
        Plot.SeriesBuilder ideal = Plot.Series.named("1/(n+1): what the new node needs");
        double asked = 0;
        Joining atTen = Joining.NONE;
        for (int nodes : NODE_COUNTS) {
            context.progress("a node joins " + nodes, nodes / 100.0);
            Joining joining = join(keys, nodes, USUAL_POINTS);
            addRow(table, nodes, USUAL_POINTS, joining);
            modulo.add(nodes, joining.movedByModulo());
            ring.add(nodes, joining.moved());
            ideal.add(nodes, 100.0 / (nodes + 1));
            if (nodes == ASKED_NODES) {
                asked = joining.movedByModulo();
                atTen = joining;
            }
        }
        Plot.SeriesBuilder busiest = Plot.Series.named("busiest of 11 nodes");
        for (int points : POINTS_PER_NODE) {
            context.progress(points + " points a node", 0.5 + points / 2048.0);
            Joining joining = points == USUAL_POINTS ? atTen : join(keys, ASKED_NODES, points);
            if (points != USUAL_POINTS) {
                addRow(table, ASKED_NODES, points, joining);
            }
            busiest.add(points, joining.busiest());
        }
        return new ExperimentResult(
                table.build(),
                List.of(
                        new Plot.Curves(
                                "Keys that move when a node joins",
                                Axis.linear("nodes before", ""),
                                Axis.linear("keys that move", "%"),
                                List.of(
                                        modulo.as(Style.MARKS_AND_LINE),
                                        ring.as(Style.MARKS),
                                        ideal.as(Style.DASHED_LINE))),
                        new Plot.Curves(
                                "How even the ring is",
                                Axis.logarithmic("points a node", ""),
                                Axis.linear("part of the busiest node", "% of the mean"),
                                List.of(busiest.as(Style.MARKS_AND_LINE)))),
                asked,
                "When an eleventh node joined ten, hash % n moved " + Quantity.number(asked)
                        + " % of the keys; the ring moved " + Quantity.number(atTen.moved()) + " %, and "
                        + Quantity.number(atTen.movedBetweenOld())
                        + " % between nodes that were there before. With 256 points a node, the busiest had "
                        + Quantity.number(atTen.busiest()) + " % of the mean.");
    }

    private static void addRow(ResultTable.Builder table, int nodes, int points, Joining joining) {
        table.row(
                nodes, points, joining.movedByModulo(), joining.moved(), joining.movedBetweenOld(), joining.busiest());
    }

    /** The mean of several clusters, whose nodes have different names and thus stand at different points. */
    private static Joining join(List<String> keys, int nodes, int pointsPerNode) {
        Joining mean = Joining.NONE;
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            String prefix = "cluster-" + cluster + "-node-";
            mean = mean.plus(join(keys, prefix, nodes, pointsPerNode), 1.0 / CLUSTERS);
        }
        return mean;
    }

    private static Joining join(List<String> keys, String prefix, int nodes, int pointsPerNode) {
        List<String> names = IntStream.range(0, nodes).mapToObj(i -> prefix + i).toList();
        String joining = prefix + nodes;
        ModuloPlacement modulo = new ModuloPlacement(RingHash.murmur3(), names);
        ConsistentHashRing ring = ConsistentHashRing.empty(RingHash.murmur3(), pointsPerNode);
        for (String name : names) {
            ring = ring.with(name);
        }
        ConsistentHashRing larger = ring.with(joining);
        List<String> moduloBefore = owners(keys, modulo::nodeOf);
        List<String> moduloAfter = owners(keys, modulo.with(joining)::nodeOf);
        List<String> before = owners(keys, ring::nodeOf);
        List<String> after = owners(keys, larger::nodeOf);
        int movedByModulo = 0;
        int moved = 0;
        int movedBetweenOld = 0;
        for (int i = 0; i < keys.size(); i++) {
            movedByModulo += moduloBefore.get(i).equals(moduloAfter.get(i)) ? 0 : 1;
            boolean isMoved = !before.get(i).equals(after.get(i));
            moved += isMoved ? 1 : 0;
            movedBetweenOld += isMoved && !after.get(i).equals(joining) ? 1 : 0;
        }
        double percent = keys.size() / 100.0;
        return new Joining(movedByModulo / percent, moved / percent, movedBetweenOld / percent, busiest(larger));
    }

    /** The part of the ring that the node with the longest arcs has, in percent of the mean. */
    private static double busiest(ConsistentHashRing ring) {
        List<VirtualNode> virtualNodes = ring.virtualNodes();
        Map<String, Long> lengths = new HashMap<>();
        long before = virtualNodes.get(virtualNodes.size() - 1).point() - RolloutRing.POINTS;
        for (VirtualNode virtual : virtualNodes) {
            lengths.merge(virtual.node(), virtual.point() - before, Long::sum);
            before = virtual.point();
        }
        long longest =
                lengths.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        return 100.0 * longest * lengths.size() / RolloutRing.POINTS;
    }

    private static List<String> owners(List<String> keys, UnaryOperator<String> nodeOf) {
        List<String> owners = new ArrayList<>(keys.size());
        keys.forEach(key -> owners.add(nodeOf.apply(key)));
        return owners;
    }
}

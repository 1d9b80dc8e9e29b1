package storagelab.grader.bench.lab07;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.tier.MoveReport;

/** What a move of 2,000 entries asks of both tiers, and how many entries are on both at once. The same for every seed: nothing is random. */
public final class MoveCosts implements CostProbe {
    private static final int PRICES = 2_000;
    private static final int STEP_ENTRIES = 100;

    @Override
    public List<Cost> count(long seed) {
        try (Tiers tiers = new Tiers(PRICES, (long) STEP_ENTRIES * Goods.ENTRY_BYTES)) {
            MapEngine source = tiers.tier(Tiers.FIRST);
            MapEngine target = tiers.tier(Tiers.SECOND);
            AtomicInteger onBoth = new AtomicInteger();
            target.onCheckpoint(() -> onBoth.accumulateAndGet(source.size() + target.size() - PRICES, Math::max));
            MoveReport report = tiers.move(0, PRICES, Tiers.SECOND);
            if (target.size() != PRICES || source.size() != 0 || !report.ended()) {
                throw new WrongAnswerException("after a move of 2,000 entries, " + target.size() + " are on the target, and "
                        + source.size() + " where they were");
            }
            double steps = (double) PRICES / STEP_ENTRIES;
            return List.of(
                    Cost.atMost("puts on the target, for each entry", (double) target.puts() / PRICES, 1),
                    Cost.atMost("deletes on the source, for each entry", (double) source.deletes() / PRICES, 1),
                    Cost.atMost("most entries on both tiers at once", onBoth.get(), STEP_ENTRIES),
                    Cost.atMost("checkpoints of the target a 100 entries", target.checkpoints() / steps, 1),
                    Cost.atMost("checkpoints of the source", source.checkpoints(), 1));
        }
    }
}

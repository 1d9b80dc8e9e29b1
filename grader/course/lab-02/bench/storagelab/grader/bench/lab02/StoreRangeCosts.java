package storagelab.grader.bench.lab02;

import java.util.List;
import java.util.Random;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** What cursors over the posts of one user read, and what they keep. */
public final class StoreRangeCosts implements CostProbe {
    @Override
    public List<Cost> count(long seed) {
        CrashDisk disk = CrashDisk.create();
        StoreRanges ranged = new StoreRanges(disk.root().resolve("store"), new Random(seed));
        try (ranged.store) {
            long opening = 0;
            long walking = 0;
            int met = 0;
            for (int user = 0; user < StoreRanges.USERS; user++) {
                long before = blocksRead(ranged);
                try (Cursor cursor = ranged.store.cursor(KeyRange.prefix(StoreRanges.user(user)))) {
                    opening += blocksRead(ranged) - before;
                    for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                        met++;
                    }
                }
                walking += blocksRead(ranged) - before;
            }
            if (met != ranged.content.size()) {
                throw new WrongAnswerException(
                        "cursors over all users met " + met + " posts of " + ranged.content.size());
            }
            long before = blocksRead(ranged);
            try (Cursor all = ranged.store.cursor(KeyRange.all())) {
                int metAgain = 0;
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    metAgain++;
                }
                if (metAgain != met) {
                    throw new WrongAnswerException("a cursor over all met " + metAgain + " posts of " + met);
                }
            }
            double users = StoreRanges.USERS;
            return List.of(
                    Cost.atMost("blocks read to make 100 cursors", opening, 0),
                    Cost.timesReference("blocks read for the posts of a user", walking / users, 1.2),
                    Cost.timesReference("blocks read for all posts", (double) blocksRead(ranged) - before, 1.05));
        }
    }

    private static long blocksRead(StoreRanges ranged) {
        return ranged.store.stats().get(FileMetrics.BLOCKS_READ);
    }
}

package storagelab.sortedlog;

import storagelab.course.Difficulty;
import storagelab.course.Exercise;

/** A thread that flushes. */
@Exercise(
        id = "1.10",
        title = "Back-pressure",
        points = 12,
        difficulty = Difficulty.HARD,
        hours = 4,
        needs = {"1.6"})
public final class BackgroundMaintenance implements Maintenance {
    public BackgroundMaintenance(MaintenanceWork work, int maxFrozenMemtables, StatsRecorder stats) {}

    @Override
    public void beforeWrite() {}

    @Override
    public void awaitRoom() {}

    @Override
    public void submit(FrozenMemtable frozen) {}

    @Override
    public void drain() {}

    @Override
    public void close() {}
}

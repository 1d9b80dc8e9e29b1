package storagelab.grader.audit;

import java.util.List;

/** The long runs that the store of one lab must stand. Whoever has them registers them as a service of this type. */
public interface LabLongRuns {
    /** Number of the lab. */
    int lab();

    /** The runs. */
    List<LongRun> runs();
}

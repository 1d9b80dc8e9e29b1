package storagelab.grader.audit;

import java.util.List;

/** The long runs that the store of one lab must stand. The module that has them registers this type as a service. */
public interface LabLongRuns {
    /** Number of the lab. */
    int lab();

    /** The runs. */
    List<LongRun> runs();
}

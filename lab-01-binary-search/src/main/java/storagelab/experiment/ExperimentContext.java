package storagelab.experiment;

import java.nio.file.Path;
import java.time.InstantSource;

/** What an experiment is given to work with: a directory, time, a seed, a size and somebody who watches. */
public interface ExperimentContext {
    /** How much work an experiment does. */
    enum Scale {
        /** Sizes at which the effect is plain; under 20 seconds on a laptop. */
        FULL,
        /** The same shape in under 5 seconds. */
        QUICK
    }

    /** An empty directory on a real disk, deleted afterwards. */
    Path directory();

    /** Where every random choice begins: the same seed gives the same choices. */
    long seed();

    /** How much work to do. */
    Scale scale();

    /** The time of day. */
    InstantSource clock();

    /** A clock for durations: only differences mean anything. */
    long nanoTime();

    /**
     * Tells whoever watches how far it is.
     *
     * @param doing what is being done, in a few words
     * @param done the share that is finished, 0 to 1
     */
    void progress(String doing, double done);

    /** {@code full} or {@code quick}, as the scale says. */
    default int pick(int full, int quick) {
        return scale() == Scale.FULL ? full : quick;
    }
}

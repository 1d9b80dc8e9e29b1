package storagelab.experiment;

import java.io.IOException;

/**
 * A question about storage that is answered by measuring, then and there, on the reader's machine.
 *
 * <p>The reader first says what they expect ({@link #prediction}); only then it {@link #run runs}. An experiment of a
 * failure mode runs the toy, which breaks, and the production version, which holds, under the same load.
 *
 * <p>A lab names its experiments in {@code META-INF/services/storagelab.experiment.Experiment}, in the order in which
 * they are read; each has a public constructor without parameters. {@code ./lab demo} lists and runs them.
 */
public interface Experiment {
    /** Lab number, dot, name: {@code "1.rebuild-time"}. */
    String id();

    /** What it finds out, as one question. */
    String question();

    /** What the reader is asked before it runs. */
    Prediction prediction();

    /**
     * Measures.
     *
     * @throws IOException if the working directory cannot be used
     */
    ExperimentResult run(ExperimentContext context) throws IOException;
}

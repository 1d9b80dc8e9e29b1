package storagelab.grader.bench.worker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * Questions to the code that is measured, each with the one right answer known beforehand. Answers are numbers, so that
 * comparing them costs next to nothing.
 */
public interface Workload extends Closeable {
    /** Builds what is asked, in the empty {@code directory}. Called once, before anything else. */
    void prepare(Path directory, Random random) throws IOException;

    /** How many questions there are. */
    int size();

    /** Asks the code that is measured. */
    long ask(int question);

    /** What is right. */
    long expected(int question);

    /** The question in words: {@code "indexOf(…, 17)"}. */
    String describe(int question);
}

package storagelab.experiment;

import java.util.List;

/** What the reader is asked before an experiment runs. */
public sealed interface Prediction {
    /** The question, ending in a question mark. */
    String prompt();

    /**
     * One of several options.
     *
     * @param prompt the question
     * @param options what can be chosen; the answer of the experiment is an index into them
     */
    record Choice(String prompt, List<String> options) implements Prediction {
        /** Copies the options, of which there must be two or more. */
        public Choice {
            options = List.copyOf(options);
            if (options.size() < 2) {
                throw new IllegalArgumentException("a choice between " + options);
            }
        }
    }

    /**
     * A number.
     *
     * @param prompt the question
     * @param unit the unit in which it is answered, such as {@code "minutes"}
     */
    record Amount(String prompt, String unit) implements Prediction {}
}

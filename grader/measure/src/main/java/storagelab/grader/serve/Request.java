package storagelab.grader.serve;

import java.util.Locale;
import storagelab.api.Slice;

/**
 * A command and its arguments, as a client has sent them.
 *
 * @param arguments the name of the command first; at least one
 */
record Request(Slice... arguments) {
    /** What an argument takes in memory besides its bytes: a slice, an array's head, a reference. */
    static final int ARGUMENT_OVERHEAD_BYTES = 48;

    /** How many arguments there are, the name of the command among them. */
    int count() {
        return arguments.length;
    }

    Slice argument(int index) {
        return arguments[index];
    }

    /** An argument that is a word of the protocol, in upper case. */
    String word(int index) {
        return arguments[index].toUtf8().toUpperCase(Locale.ROOT);
    }

    /** What it takes in memory. */
    long memoryBytes() {
        long bytes = 0;
        for (Slice argument : arguments) {
            bytes += argument.length() + ARGUMENT_OVERHEAD_BYTES;
        }
        return bytes;
    }
}

package storagelab.grader.audit;

/**
 * One small change of the reference's byte code, and what the tests made of it.
 *
 * @param exercise whose tests ran against it
 * @param className binary name of the class
 * @param method name of the method, {@code <init>} for a constructor
 * @param index which instruction of the method was changed
 * @param line line of the source, from 1
 * @param sourceLine the text of that line without indentation
 * @param description what was changed, as PIT says it
 * @param status how it ended
 * @param killedBy the test that noticed; empty if none did
 */
record Mutant(
        String exercise,
        String className,
        String method,
        String index,
        int line,
        String sourceLine,
        String description,
        Status status,
        String killedBy) {

    /** How a mutant ended. The names are PIT's. */
    enum Status {
        KILLED,
        TIMED_OUT,
        MEMORY_ERROR,
        RUN_ERROR,
        SURVIVED,
        NO_COVERAGE,
        /** The changed class could not be loaded, so there was nothing to test. */
        NON_VIABLE
    }

    /** Whether there was something to test. */
    boolean isViable() {
        return status != Status.NON_VIABLE;
    }

    /** Whether every test passed although the code is another. */
    boolean survived() {
        return status == Status.SURVIVED || status == Status.NO_COVERAGE;
    }

    /** Whether a test noticed. */
    boolean isKilled() {
        return isViable() && !survived();
    }

    /** {@code "storagelab.search.BinarySearch.indexOf"}. */
    String qualifiedMethod() {
        return className + "." + method;
    }

    /** The same for the same change of the same code, whatever tests ran and however it ended. */
    String identity() {
        return "%s:%d:%s:%s".formatted(qualifiedMethod(), line, index, description);
    }

    /** Enough to find it and to write it into the list of equivalent ones. */
    String place() {
        return "%s line %d, %s: %s".formatted(qualifiedMethod(), line, description, sourceLine);
    }

    /** Where it is and that nobody noticed. */
    String describe() {
        String how = status == Status.NO_COVERAGE ? "no test of %s reaches it" : "the tests of %s pass";
        return place() + "; " + how.formatted(exercise);
    }
}

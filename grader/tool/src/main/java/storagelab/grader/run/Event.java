package storagelab.grader.run;

/**
 * One thing that a child JVM tells its parent.
 *
 * @param type what it is about
 * @param payload its content, encoded by {@link Wire}
 */
record Event(Type type, byte[] payload) {
    /** The names are on the wire. */
    enum Type {
        /** The tests that were found: a list of {@link PlannedTest}. */
        PLAN,
        /** A class that could not be read: its name and a {@link FailureReport}. */
        PROBLEM,
        /** A test or container begins: its unique id. */
        START,
        /** A test or container is over: a {@link TestEnd}. */
        END,
        /** The running test has used up its time: its unique id, in which way ({@link OutOfTime}), and where it is. */
        STUCK,
        /** JUnit itself gave up: a {@link FailureReport}. */
        ABORT,
        /** Nothing more will come. */
        DONE
    }
}

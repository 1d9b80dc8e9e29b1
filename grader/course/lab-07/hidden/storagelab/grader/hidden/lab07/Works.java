package storagelab.grader.hidden.lab07;

import storagelab.cost.Work;

/** Compares work, so that a message says which part of it is wrong. */
final class Works {
    private Works() {}

    /** Fails if {@code actual}, which is the work of {@code what}, is not {@code expected}. */
    static void check(CostCase given, Work expected, Work actual, String what) {
        given.check(expected.blockReads(), actual.blockReads(), "blocks that " + what + " reads");
        given.check(expected.mergedBytesRead(), actual.mergedBytesRead(), "bytes that merges read for " + what);
        given.check(expected.pageWrites(), actual.pageWrites(), "pages written for " + what);
        given.check(expected.bytesWritten(), actual.bytesWritten(), "bytes that flushes and merges write for " + what);
        given.check(expected.syncs(), actual.syncs(), "syncs of " + what);
        given.check(expected.processorMicros(), actual.processorMicros(), "microseconds of the processor for " + what);
    }
}

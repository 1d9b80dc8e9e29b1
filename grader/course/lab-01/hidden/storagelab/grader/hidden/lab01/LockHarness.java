package storagelab.grader.hidden.lab01;

import org.junit.jupiter.api.AfterEach;
import storagelab.sortedlog.FairReadWriteLock;

/** A lock, and the threads that a test of exercise 1.8 has take it. */
abstract class LockHarness {
    final FairReadWriteLock lock = new FairReadWriteLock();

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted(); // of the thread that runs the next test, if this one failed half-way
    }

    LockClient reader(String name) {
        return LockClient.reader(lock, name);
    }

    LockClient writer(String name) {
        return LockClient.writer(lock, name);
    }

    LockClient blockedWriter() {
        return writer("the next writer").awaitBlocked("a writer has it");
    }
}

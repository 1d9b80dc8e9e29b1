package storagelab.grader.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import storagelab.course.ExerciseNotDone;

/**
 * What submissions do to a grader. Only ever run in a confined child of {@link TestSessionTest}; surefire does not find
 * these classes, because they are nested and their names do not end in Test.
 */
@SuppressWarnings({"DoNotCallSuggester", "ModifiedButNotUsed"}) // they throw and hoard on purpose
final class HostileTests {
    private HostileTests() {}

    static final class Honest {
        @Test
        @Tag("1.1")
        @DisplayName("one and one is two")
        void passes() {
            assertEquals(2, 1 + 1);
        }

        @Test
        @Tag("1.1")
        void failsInWords() {
            assertEquals(3, Student.sum(1, 1), "sum(1, 1)");
        }

        @Test
        @Tag("1.1")
        void failsInStudentCode() {
            Student.breaks();
        }

        @Test
        @Tag("1.2")
        void isNotStarted() {
            throw new ExerciseNotDone("1.2");
        }

        @Test
        @Tag("1.3")
        void isBlocked() {
            throw new IllegalStateException("wrapped", new ExerciseNotDone("1.2"));
        }

        @Test
        void aborts() {
            Assumptions.abort("not today");
        }

        @Test
        @Disabled("by the student")
        void isSkipped() {}

        @RepeatedTest(3)
        void failsTheSecondTime(RepetitionInfo repetition) {
            assertEquals(1, repetition.getCurrentRepetition() % 2, "repetition " + repetition.getCurrentRepetition());
        }

        @RepeatedTest(3)
        void passesEachTime() {}

        @Test
        void prints() {
            System.out.println("printed by the student");
        }
    }

    static final class Leaving {
        @Test
        void first() {}

        @Test
        void callsExit() {
            System.exit(0);
        }

        @Test
        void callsHalt() {
            Runtime.getRuntime().halt(1);
        }

        @Test
        void last() {}
    }

    static final class Looping {
        @Test
        @Timeout(2)
        @DisplayName("the answer comes")
        void loops() {
            Student.loops();
        }

        @Test
        void isJudgedAllTheSame() {}
    }

    static final class Stuck {
        @Test
        void swallowsEverything() {
            while (true) {
                try {
                    new CountDownLatch(1).await(); // which nobody opens
                } catch (Throwable swallowed) {
                    assertTrue(swallowed != null);
                }
            }
        }

        @Test
        void sleeps() throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
        }

        @Test
        void locksInTwoOrders() throws Exception {
            ReentrantLock left = new ReentrantLock();
            ReentrantLock right = new ReentrantLock();
            CountDownLatch bothHold = new CountDownLatch(2);
            Thread other = new Thread(() -> lockBoth(right, left, bothHold));
            other.start();
            lockBoth(left, right, bothHold);
            other.join();
        }

        private static void lockBoth(ReentrantLock first, ReentrantLock second, CountDownLatch bothHold) {
            first.lock();
            bothHold.countDown();
            try {
                bothHold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            second.lock();
        }

        /** Waits nearly all of the time, for longer than a thread may stand still, and is right. */
        @Test
        void handsOverSlowly() throws Exception {
            for (int i = 0; i < 80; i++) {
                CountDownLatch handed = new CountDownLatch(1);
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(handed::countDown);
                handed.await();
            }
        }
    }

    static final class Polling {
        @Test
        @DisplayName("the flag is set")
        void pollsForEver() throws InterruptedException {
            while (Student.sum(1, 1) == 2) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    static final class Stepping {
        @Test
        void failsWithinAStep() {
            step("get(apple) of a table of 3 entries");
            Student.breaks();
        }

        @Test
        @Timeout(2)
        void loopsWithinAStep() {
            step("a walk over 3 entries");
            Student.loops();
        }

        @Test
        void failsWithoutAStep() {
            Student.breaks();
        }

        /** What {@code Step.at} of the test kit does, which this module does not know. */
        private static void step(String sentence) {
            System.setProperty("storagelab.test.step", sentence);
        }

        @Test
        void failsInWordsOfItsOwn() {
            step("a step that no message needs");
            assertEquals(3, 1 + 1, "sum(1, 1)");
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static final class SlowInCompany {
        private static boolean firstWasHere;

        @Test
        @Order(1)
        void comesFirst() {
            firstWasHere = true;
        }

        @Test
        @Order(2)
        void loopsAfterTheFirst() {
            if (firstWasHere) {
                Student.loops();
            }
        }

        @Test
        @Order(3)
        void loopsAnyway() {
            Student.loops();
        }
    }

    static final class Littering {
        @Test
        void writesScratch() throws IOException {
            Files.createTempFile("scratch", "");
        }

        @Test
        void writesWhatIsEverybodys() throws IOException {
            Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
            Files.createTempFile(scratch.resolve("../..").normalize(), "litter", "");
        }
    }

    static final class Exhausting {
        @Test
        void directMemory() {
            List<ByteBuffer> hoard = new ArrayList<>();
            while (true) {
                hoard.add(ByteBuffer.allocateDirect(1 << 20));
            }
        }

        @Test
        void memory() {
            List<long[]> hoard = new ArrayList<>();
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                hoard.add(new long[1 << 20]);
            }
        }

        @Test
        void memoryInAnotherThreadAndSwallowed() throws InterruptedException {
            Thread thread = new Thread(() -> {
                try {
                    memory();
                } catch (OutOfMemoryError swallowed) {
                    assertTrue(swallowed != null);
                }
            });
            thread.start();
            thread.join();
        }

        @Test
        void stack() {
            Student.recurses(0);
        }

        @Test
        void isJudgedAllTheSame() {}
    }

    static final class Flooding {
        @Test
        void standardOutput() {
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 200; i++) {
                System.out.write(block, 0, block.length);
            }
        }

        @Test
        void fileDescriptor() throws IOException {
            byte[] block = new byte[1 << 20];
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            while (true) {
                out.write(block);
            }
        }

        @Test
        void isJudgedAllTheSame() {}
    }

    static final class Forging {
        @Test
        void writesItsOwnResult() throws IOException {
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            String payload = Base64.getEncoder().encodeToString(new byte[8]);
            for (int sequence = 0; sequence < 20; sequence++) {
                String line = "\n" + EventSigner.MARKER + sequence + "|END|" + payload + "|" + payload + "\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
            Runtime.getRuntime().halt(0);
        }

        @Test
        void leavesHalfALine() throws IOException {
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            out.write("half a line".getBytes(StandardCharsets.US_ASCII));
        }
    }

    static final class BadInitialiser {
        @Test
        void usesTheClass() {
            assertEquals(1, Initialised.VALUE[0]);
        }

        @Test
        void usesItAgain() {
            assertEquals(1, Initialised.VALUE[0]);
        }
    }

    static final class KillingThreads {
        @Test
        @Timeout(2)
        void startsThreadsThatNeverEnd() {
            for (int i = 0; i < 20; i++) {
                new Thread(Student::loops).start();
            }
        }

        @Test
        void interruptsTheRunner() {
            Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);
        }

        @Test
        void isJudgedAllTheSame() {}
    }

    /** Stands for the class that a student wrote. */
    static final class Student {
        private Student() {}

        static int sum(int a, int b) {
            return a + b;
        }

        static void breaks() {
            throw new IllegalStateException("no such key");
        }

        static void loops() {
            while (sum(1, 1) == 2) {
                Thread.onSpinWait();
            }
        }

        static int recurses(int depth) {
            return depth < 0 ? 0 : recurses(depth + 1) + 1;
        }
    }

    static final class Initialised {
        static final int[] VALUE = compute();

        private Initialised() {}

        private static int[] compute() {
            throw new IllegalStateException("in a static initialiser");
        }
    }
}

package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.log.CommitQueue;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 5.7: who goes with whom, who waits for whom, and who is told of a failure. */
@Tag("5.7")
class CommitQueueHiddenTest {
    private static final int KIB = 1 << 10;

    private final CommitQueue queue = new CommitQueue();
    private final List<String> groups = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger atWork = new AtomicInteger();

    /** A batch of so many bytes, whose key is its name. */
    private static WriteBatch batch(String name, int bytes) {
        return new WriteBatch().put(Slice.utf8(name), Slice.wrap(new byte[bytes - name.length()]));
    }

    private void committed(List<WriteBatch> batches, boolean synced) {
        assertEquals(1, atWork.incrementAndGet(), "groups that are written at one time");
        StringBuilder group = new StringBuilder();
        batches.forEach(one -> group.append(one.operations().get(0).key().toUtf8()));
        groups.add(group + (synced ? "!" : ""));
        atWork.decrementAndGet();
    }

    private void write(String name, int bytes, Durability durability) {
        queue.write(batch(name, bytes), durability, this::committed);
    }

    /** A thread whose write is in its turn until the latch opens. */
    private CountDownLatch hold(Crew crew) throws InterruptedException {
        queue.write(new WriteBatch(), Durability.BUFFERED, (batches, synced) -> {}); // alone, to begin with
        CountDownLatch isAtWork = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        crew.start(
                "the first",
                () -> queue.write(batch("-", 1), Durability.SYNCED, (batches, synced) -> {
                    isAtWork.countDown();
                    await(gate);
                    committed(batches, synced);
                }));
        Eventually.open("the first writer is at work", isAtWork);
        return gate;
    }

    private static void await(CountDownLatch gate) {
        try {
            Eventually.open("the gate is open", gate);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes that come one after the other while another one is at work: names, and for each bytes. */
    private String groupsOf(String names, int... bytes) throws InterruptedException {
        groups.clear();
        try (Crew crew = new Crew()) {
            CountDownLatch gate = hold(crew);
            for (int i = 0; i < bytes.length; i++) {
                String name = names.substring(i, i + 1);
                int size = bytes[i];
                Durability durability = Character.isUpperCase(name.charAt(0)) ? Durability.SYNCED : Durability.BUFFERED;
                Eventually.waits(crew.start(name, () -> write(name, size, durability)));
            }
            gate.countDown();
            crew.join();
        }
        return String.join(" ", groups);
    }

    @Test
    @DisplayName("those who come while a group is written are the next group, in their order")
    void gathers() throws InterruptedException {
        assertEquals("-! cabed", groupsOf("cabed", 1, 2, 3, 4, 5), "groups of five BUFFERED writes");
        assertEquals("-! CABED!", groupsOf("CABED", 1, 2, 3, 4, 5), "groups of five SYNCED writes (in capitals)");
    }

    @Test
    @DisplayName("a SYNCED write (in capitals) never rides with a BUFFERED leader, and nobody passes it")
    void durabilities() throws InterruptedException {
        assertEquals("-! a Bcd!", groupsOf("aBcd", 1, 1, 1, 1), "groups of a, B, c, d");
        assertEquals("-! ab CdEf!", groupsOf("abCdEf", 1, 1, 1, 1, 1, 1), "groups of a, b, C, d, E, f");
        assertEquals("-! Abc!", groupsOf("Abc", 1, 1, 1), "groups of A, b, c");
    }

    @Test
    @DisplayName("a group of a small leader has 128 KiB more than it, any other 1 MiB; who is larger goes alone")
    void sizes() throws InterruptedException {
        assertEquals(
                "-! abc d",
                groupsOf("abcd", 100 * KIB, 100 * KIB, 28 * KIB, 1),
                "groups of 100, 100 and 28 KiB and a byte");
        assertEquals("-! ab c", groupsOf("abc", 128 * KIB, 128 * KIB, 1), "groups of 128 KiB, 128 KiB and a byte");
        assertEquals(
                "-! ab c",
                groupsOf("abc", 128 * KIB + 1, 896 * KIB - 1, 1),
                "groups of 128 KiB and a byte, what is left of 1 MiB, and a byte");
        assertEquals("-! a bc", groupsOf("abc", 2048 * KIB, 1, 1), "groups of 2 MiB and two bytes");
        assertEquals(
                "-! a bc",
                groupsOf("abc", 10, 200 * KIB, 1),
                "groups of 10 bytes, 200 KiB that do not fit, and a byte");
    }

    @Test
    @DisplayName("a task alone runs when all before it are done, with nobody, and before all behind it")
    void alone() throws InterruptedException {
        try (Crew crew = new Crew()) {
            CountDownLatch gate = hold(crew);
            Eventually.waits(crew.start("a", () -> write("a", 1, Durability.BUFFERED)));
            Eventually.waits(crew.start("task", () -> queue.alone(() -> groups.add("task"))));
            Eventually.waits(crew.start("b", () -> write("b", 1, Durability.BUFFERED)));
            Eventually.waits(crew.start("c", () -> write("c", 1, Durability.BUFFERED)));
            Eventually.waits(crew.start("task 2", () -> queue.alone(() -> groups.add("task2"))));
            Eventually.waits(crew.start("task 3", () -> queue.alone(() -> groups.add("task3"))));
            gate.countDown();
            crew.join();
        }
        assertEquals("-! a task bc task2 task3", String.join(" ", groups), "who was at work");
        Thread[] ran = new Thread[1];
        queue.alone(() -> ran[0] = Thread.currentThread());
        assertTrue(ran[0] == Thread.currentThread(), "a task does not run on the thread that asks for it");
    }

    @Test
    @DisplayName("a write returns when the committer of its group has returned, and not before")
    void waitsForItsGroup() throws InterruptedException {
        CountDownLatch groupAtWork = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        try (Crew crew = new Crew()) {
            CountDownLatch first = hold(crew);
            Eventually.waits(crew.start(
                    "leader",
                    () -> queue.write(batch("a", 1), Durability.BUFFERED, (batches, synced) -> {
                        groupAtWork.countDown();
                        await(second);
                        committed(batches, synced);
                    })));
            Thread follower = crew.start("follower", () -> {
                write("b", 1, Durability.BUFFERED);
                groups.add("returned");
            });
            Eventually.waits(follower);
            first.countDown();
            Eventually.open("the second group is at work", groupAtWork);
            Eventually.waits(follower);
            second.countDown();
            crew.join();
        }
        assertEquals("-! ab returned", String.join(" ", groups), "what happened");
    }

    @Test
    @DisplayName("what a committer throws is thrown by all of its group and nobody else, and the queue goes on")
    void failure() throws InterruptedException {
        assertFailure(new IllegalArgumentException("no room"), false);
        assertFailure(new AssertionError("a bug"), true);
        queue.write(batch("z", 1), Durability.BUFFERED, this::committed);
        assertEquals("z", groups.get(groups.size() - 1), "the group after failures");
        IllegalStateException own = new IllegalStateException("a task that fails");
        assertTrue(
                own
                        == assertThrows(
                                IllegalStateException.class,
                                () -> queue.alone(() -> {
                                    throw own;
                                })),
                "alone throws another exception than its task did");
        queue.alone(() -> groups.add("after"));
        AssertionError bug = new AssertionError("a task that has a bug");
        assertTrue(
                bug
                        == assertThrows(
                                AssertionError.class,
                                () -> queue.alone(() -> {
                                    throw bug;
                                })),
                "alone throws another error than its task did");
        Crew.mustEnd(
                "a write waits for ever after a task that has ended with an error",
                () -> write("y", 1, Durability.SYNCED));
        Crew.mustEnd(
                "a task waits for ever after one that has ended with an error",
                () -> queue.alone(() -> groups.add("last")));
        assertEquals(
                List.of("after", "y!", "last"),
                groups.subList(groups.size() - 3, groups.size()),
                "what was at work around a task that ended with an error");
    }

    private void assertFailure(Throwable failure, boolean isError) throws InterruptedException {
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        try (Crew crew = new Crew()) {
            CountDownLatch gate = hold(crew);
            for (String name : List.of("a", "b", "c")) {
                Eventually.waits(crew.start(name, () -> thrown.add(thrownBy(name, failure))));
            }
            Eventually.waits(crew.start("D", () -> write("D", 1, Durability.SYNCED)));
            gate.countDown();
            crew.join();
        }
        assertEquals(3, thrown.size(), "writes that ended, of a group of three that failed");
        long same = thrown.stream().filter(one -> one == failure).count();
        assertEquals(isError ? 1 : 3, same, "writes that threw the " + failure + " itself");
        for (Throwable one : thrown) {
            assertTrue(
                    one == failure || one instanceof IllegalStateException && one.getCause() == failure,
                    "a write of a group that failed with " + failure + " threw " + one);
        }
        assertEquals("D!", groups.get(groups.size() - 1), "the group behind the one that failed");
    }

    private Throwable thrownBy(String name, Throwable failure) {
        try {
            queue.write(batch(name, 1), Durability.BUFFERED, (batches, synced) -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            });
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
        return new IllegalStateException("nothing was thrown");
    }

    @Test
    @DisplayName("an interrupt ends no waiting, and is not lost")
    void interrupts() throws InterruptedException {
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        try (Crew crew = new Crew()) {
            CountDownLatch gate = hold(crew);
            for (String name : List.of("a", "b")) {
                Thread writer = crew.start(name, () -> {
                    write(name, 1, Durability.BUFFERED);
                    interrupted.add(Thread.currentThread().isInterrupted());
                });
                Eventually.waits(writer);
                writer.interrupt();
                Eventually.waits(writer);
            }
            Thread task = crew.start("task", () -> {
                queue.alone(() -> groups.add("task"));
                interrupted.add(Thread.currentThread().isInterrupted());
            });
            Eventually.waits(task);
            task.interrupt();
            Eventually.waits(task);
            gate.countDown();
            crew.join();
        }
        assertEquals("-! ab task", String.join(" ", groups), "groups, when all that waited were interrupted");
        assertEquals(List.of(true, true, true), interrupted, "whether writers and the task are interrupted afterwards");
    }

    @Test
    @DisplayName("of four threads every write is in one group, in the order of its thread, and one group at a time")
    void stress() throws InterruptedException {
        int writes = 400;
        List<String> written = new ArrayList<>();
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < 4; thread++) {
                String prefix = thread + ".";
                crew.start("writer-" + thread, () -> {
                    for (int i = 0; i < writes; i++) {
                        queue.write(
                                batch(prefix + i, 10),
                                i % 3 == 0 ? Durability.SYNCED : Durability.BUFFERED,
                                (batches, synced) -> {
                                    assertEquals(1, atWork.incrementAndGet(), "groups at work");
                                    batches.forEach(one -> written.add(
                                            one.operations().get(0).key().toUtf8()));
                                    atWork.decrementAndGet();
                                });
                        if (i % 50 == 0) {
                            queue.alone(() -> {
                                assertEquals(1, atWork.incrementAndGet(), "groups and tasks at work");
                                atWork.decrementAndGet();
                            });
                        }
                    }
                });
            }
            crew.join();
        }
        for (int thread = 0; thread < 4; thread++) {
            String prefix = thread + ".";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < writes; i++) {
                expected.add(prefix + i);
            }
            List<String> found =
                    written.stream().filter(name -> name.startsWith(prefix)).toList();
            assertEquals(expected, found, "writes of thread " + thread + " in the order of the groups");
        }
    }
}

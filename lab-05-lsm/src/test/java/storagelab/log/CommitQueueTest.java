package storagelab.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

@Tag("5.7")
class CommitQueueTest {
    private final CommitQueue queue = new CommitQueue();
    private final List<String> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    private static WriteBatch batch(String name) {
        return new WriteBatch().put(Slice.utf8(name), Slice.EMPTY);
    }

    private void write(String name, Durability durability) {
        queue.write(batch(name), durability, (batches, synced) -> {
            StringBuilder group = new StringBuilder();
            batches.forEach(one -> group.append(one.operations().get(0).key().toUtf8()));
            groups.add(group + (synced ? " synced" : ""));
            if (name.equals("A")) {
                pass();
            }
        });
    }

    private void pass() {
        try {
            Eventually.open("the others have come", gate);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void firstOfAll() {
        queue.write(new WriteBatch(), Durability.BUFFERED, (batches, synced) -> {});
    }

    private void come(Crew crew, String name, Durability durability) {
        Eventually.waits(crew.start(name, () -> write(name, durability)));
    }

    @Test
    @DisplayName("the worked example: who comes while A is written goes as one group")
    void workedExample() throws InterruptedException {
        try (Crew crew = new Crew()) {
            for (String name : List.of("A", "B", "C", "D")) {
                come(crew, name, Durability.SYNCED);
            }
            gate.countDown();
            crew.join();
        }
        assertThat("the groups", groups, is(List.of("A synced", "BCD synced")));
    }

    @Test
    @DisplayName("a SYNCED write does not ride with a BUFFERED one, but the reverse; a task that wants to be alone is")
    void apart() throws InterruptedException {
        try (Crew crew = new Crew()) {
            come(crew, "A", Durability.BUFFERED);
            come(crew, "B", Durability.BUFFERED);
            come(crew, "C", Durability.SYNCED);
            come(crew, "D", Durability.BUFFERED);
            Eventually.waits(crew.start("E", () -> queue.alone(() -> groups.add("E alone"))));
            come(crew, "F", Durability.BUFFERED);
            come(crew, "G", Durability.BUFFERED);
            gate.countDown();
            crew.join();
        }
        assertThat("the groups", groups, is(List.of("A", "B", "CD synced", "E alone", "FG")));
    }

    @Test
    @DisplayName("all writes of a group that failed throw what it failed with, and the next group goes on")
    void failure() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("the disk is full");
        AtomicInteger failed = new AtomicInteger();
        try (Crew crew = new Crew()) {
            come(crew, "A", Durability.BUFFERED);
            for (String name : List.of("B", "C")) {
                Eventually.waits(crew.start(name, () -> {
                    IllegalStateException thrown = assertThrows(
                            IllegalStateException.class,
                            () -> queue.write(batch(name), Durability.BUFFERED, (batches, synced) -> {
                                throw failure;
                            }));
                    assertThat("what " + name + " throws", thrown, is(sameInstance(failure)));
                    failed.incrementAndGet();
                }));
            }
            come(crew, "D", Durability.SYNCED);
            gate.countDown();
            crew.join();
        }
        assertThat("writes that failed", failed.get(), is(2));
        assertThat("the groups", groups, is(List.of("A", "D synced")));
    }
}

package storagelab.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A writer and readers that run beside each other, and go on until both have done their share: a busy machine may let
 * the readers look at everything before the writer has written anything, and such a run would show nothing.
 *
 * <pre>{@code
 * new WriterBesideReaders(crew)
 *         .read("reader", 150, () -> assertWhole(store))
 *         .write(number -> writeBatch(store, number));
 * crew.join();
 * }</pre>
 *
 * <p>Concurrency: the thread of the test starts the others.
 */
public final class WriterBesideReaders {
    /** What is written at least, before the last reader ends. */
    public static final int WRITES_MIN = 10;

    /** What the writer does again and again. */
    @FunctionalInterface
    public interface Write {
        /** Writes for the {@code number}th time; the first is 1. */
        void run(int number) throws Exception;
    }

    private final Crew crew;
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();

    /** Its threads belong to {@code crew}, which is to be joined. */
    public WriterBesideReaders(Crew crew) {
        this.crew = crew;
    }

    /** Starts a reader that runs {@code look} at least {@code looks} times. */
    public WriterBesideReaders read(String name, int looks, Crew.Task look) {
        reading.incrementAndGet();
        crew.start(name, () -> {
            for (int i = 0; (i < looks || written.get() < WRITES_MIN) && !crew.hasFailed(); i++) {
                look.run();
            }
            reading.decrementAndGet();
        });
        return this;
    }

    /** Starts {@code count} readers that run {@code look} at least {@code looks} times each. */
    public WriterBesideReaders read(int count, String name, int looks, Crew.Task look) {
        for (int i = 0; i < count; i++) {
            read(name + "-" + i, looks, look);
        }
        return this;
    }

    /** Starts the writer, after all readers: it writes until they have ended. */
    public void write(Write write) {
        write(Integer.MAX_VALUE, write);
    }

    /** As {@link #write(Write)}, but at most {@code writesMax} times, for memory that fills. */
    public void write(int writesMax, Write write) {
        crew.start("writer", () -> {
            for (int i = 1; i <= writesMax && (i <= WRITES_MIN || reading.get() > 0) && !crew.hasFailed(); i++) {
                write.run(i);
                written.set(i);
            }
        });
    }
}

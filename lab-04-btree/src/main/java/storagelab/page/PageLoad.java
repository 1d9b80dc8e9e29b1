package storagelab.page;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import storagelab.course.Solution;

/**
 * A page that one thread is reading from the file. It stands in the page table until the page does, so that others who
 * want the page wait for it instead of reading it, too.
 *
 * <p>Concurrency: one thread ends it, once; any number waits.
 */
@Solution
final class PageLoad {
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Frame frame; // written before the latch opens
    private @Nullable Throwable failure; // written before the latch opens

    /** Ends it with the page, or with nothing: then who waited has to look again. */
    void end(@Nullable Frame loaded) {
        frame = loaded;
        ended.countDown();
    }

    /** Ends it with what went wrong. */
    void fail(Throwable cause) {
        failure = cause;
        ended.countDown();
    }

    /** Waits for the end, and returns or throws what came of it. */
    @Nullable
    Frame await() {
        Uninterruptibles.awaitUninterruptibly(ended);
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return frame;
    }
}

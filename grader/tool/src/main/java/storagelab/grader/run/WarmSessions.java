package storagelab.grader.run;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source of test sessions whose next child is always starting while the last one works. */
public final class WarmSessions implements Closeable {
    private final Specs specs;
    private long left;
    private @Nullable TestSession next;

    /** Says how to start each child. */
    @FunctionalInterface
    public interface Specs {
        /** A specification with a scratch directory of its own. */
        WorkerSpec next() throws IOException;
    }

    /**
     * @param count how many sessions will be taken; no child is started beyond that
     */
    public WarmSessions(Specs specs, long count) throws IOException {
        this.specs = specs;
        this.left = count;
        warm();
    }

    private void warm() throws IOException {
        if (left > 0) {
            left--;
            next = TestSession.prefork(specs.next());
        }
    }

    /** The session that is ready; the caller closes it. */
    public TestSession take() throws IOException {
        TestSession taken = next;
        next = null;
        if (taken == null) {
            throw new IllegalStateException("more sessions taken than were asked for");
        }
        warm();
        return taken;
    }

    @Override
    public void close() {
        if (next != null) {
            next.close();
        }
    }
}

package storagelab.page;

import java.util.ArrayList;
import java.util.List;
import storagelab.course.Solution;

/** Writes the dirty pages of a pool, in runs of neighbours. */
@Solution
final class WriteBack {
    private static final int RUN_BYTES = 1 << 20;

    private final PageFile file;
    private final PoolSlots slots;
    private final int runPagesMax;

    WriteBack(PageFile file, PoolSlots slots) {
        this.file = file;
        this.slots = slots;
        this.runPagesMax = RUN_BYTES / file.pageSizeBytes();
    }

    /** Writes what is dirty now and was born in {@code bornMax} or before. */
    void run(long bornMax) {
        List<Frame> due;
        slots.lock.lock();
        try {
            due = slots.unwrittenFrames(bornMax);
        } finally {
            slots.lock.unlock();
        }
        List<Frame> run = new ArrayList<>();
        int next = 0;
        while (next < due.size()) {
            next = begin(due, next, run);
            if (!run.isEmpty()) {
                write(run);
                run.clear();
            }
        }
    }

    /**
     * Collects the next pages of {@code due} that are neighbours and still to be written, and marks them as being
     * written.
     *
     * @return the index behind them in {@code due}
     */
    private int begin(List<Frame> due, int from, List<Frame> run) {
        slots.lock.lock();
        try {
            awaitOtherWriter(due.get(from));
            int next = from;
            while (next < due.size() && run.size() < runPagesMax) {
                Frame frame = due.get(next);
                boolean isHere = slots.has(frame); // if not it was written, replaced or discarded since
                if (isHere && (slots.isBeingWritten(frame) || !isNeighbour(frame, run))) {
                    break;
                }
                if (isHere && frame.isDirty()) {
                    slots.beginWrite(frame);
                    run.add(frame);
                }
                next++;
            }
            return next;
        } finally {
            slots.lock.unlock();
        }
    }

    /** Whoever writes the page now may fail, and then it is still to be written. */
    private void awaitOtherWriter(Frame frame) {
        while (slots.has(frame) && slots.isBeingWritten(frame)) {
            slots.awaitMove();
        }
    }

    private static boolean isNeighbour(Frame frame, List<Frame> run) {
        return run.isEmpty() || frame.page() == run.get(0).page() + run.size();
    }

    private void write(List<Frame> run) {
        boolean written = false;
        try {
            file.writeRun(run.get(0).page(), run.stream().map(Frame::bytes).toList());
            written = true;
        } finally {
            slots.lock.lock();
            try {
                for (Frame frame : run) {
                    slots.endWrite(frame, written);
                }
            } finally {
                slots.lock.unlock();
            }
        }
    }
}

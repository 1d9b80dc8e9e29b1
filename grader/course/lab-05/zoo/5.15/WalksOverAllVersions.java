// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: versions that do not show are passed one by one, however many there are
public final class VisibleCursor implements Cursor {
    private static final int STEPS_BEFORE_SEEK = Integer.MAX_VALUE;
}

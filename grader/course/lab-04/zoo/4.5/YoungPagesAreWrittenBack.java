// exercise: 4.5
// type: storagelab.page.PoolSlots
// verdict: caught
// because: writeBack writes all that is dirty, also pages that the writer is about to change
final class PoolSlots {
    List<Frame> unwrittenFrames(long bornMax) {
        return Arrays.stream(frames)
                .filter(frame -> frame != null && (frame.isDirty() || isBeingWritten(frame)))
                .sorted(Comparator.comparingInt(Frame::page))
                .toList();
    }
}

// exercise: 4.5
// type: storagelab.page.PoolSlots
// verdict: caught
// because: writeBack returns while a page that had to go is still on its way to the file, and the sync behind it misses it
final class PoolSlots {
    List<Frame> unwrittenFrames(long bornMax) {
        return Arrays.stream(frames)
                .filter(frame -> frame != null && frame.isDirty() && frame.born() <= bornMax)
                .sorted(Comparator.comparingInt(Frame::page))
                .toList();
    }
}

// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: opening a log whose last line is torn appends to that line, and the new one is lost with it
public final class ToyLog {
    public static ToyLog open(Path file, InstantSource clock) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new ToyLog(file, channel, clock);
        } catch (IOException e) {
            throw new StorageIoException("opening " + file, e);
        }
    }
}

// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: opening adds a newline to every log that is not empty, and so a line that nobody wrote
public final class ToyLog implements Closeable {
    private ToyLog(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        end = channel.size();
        if (end > 0) {
            write("\n".getBytes(UTF_8));
        }
    }
}

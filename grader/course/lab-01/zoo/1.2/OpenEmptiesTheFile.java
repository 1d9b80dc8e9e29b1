// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: opening a log that exists empties it
public final class ToyLog implements Closeable {
    private ToyLog(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE);
        end = channel.size();
        if (end > 0 && !read(new Place(end - 1, 1)).equals("\n")) {
            write("\n".getBytes(UTF_8));
        }
    }
}

// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: after a program that died in the middle of a line it writes on in that line, and so loses a good record too

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import storagelab.api.StorageIoException;

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

// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: accepted
// because: it rebuilds from one array with all bytes of the file and finds the line ends by index

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.StorageIoException;

public final class ToyLog {
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        int lines = 0;
        int begin = 0;
        while (begin < bytes.length) {
            int end = begin;
            while (end < bytes.length && bytes[end] != 10) {
                end++;
            }
            lines++;
            try {
                ToyLine line = ToyLine.parse(new String(bytes, begin, end - begin, UTF_8));
                index.put(line.key(), new Place(begin, end - begin));
            } catch (IllegalArgumentException e) {
                damaged.add(new Damage(lines, "not a record: " + e.getMessage()));
            }
            begin = end + 1;
        }
        return new RebuildReport(lines, damaged);
    }
}

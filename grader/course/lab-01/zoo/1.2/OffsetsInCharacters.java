// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: it counts characters where the file has bytes, so every line after a non-ASCII one is looked for in the wrong place

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.StorageIoException;

public final class ToyLog {
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        int lines = 0;
        long offset = 0;
        try {
            for (String line : Files.readString(file).lines().toList()) {
                lines++;
                try {
                    index.put(ToyLine.parse(line).key(), new Place(offset, line.length()));
                } catch (IllegalArgumentException e) {
                    damaged.add(new Damage(lines, String.valueOf(e.getMessage())));
                }
                offset += line.length() + 1;
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return new RebuildReport(lines, List.copyOf(damaged));
    }
}

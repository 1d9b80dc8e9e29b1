// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: it numbers lines from 0, so whoever follows the report looks one line too early

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.StorageIoException;

public final class ToyLog {
    public RebuildReport rebuildIndex() {
        index.clear();
        List<Damage> damaged = new ArrayList<>();
        int lines = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (long offset = 0; readLine(in, line); offset += line.size() + 1) {
                try {
                    index.put(ToyLine.parse(line.toString(UTF_8)).key(), new Place(offset, line.size()));
                } catch (IllegalArgumentException e) {
                    damaged.add(new Damage(lines, String.valueOf(e.getMessage())));
                }
                lines++;
            }
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        return new RebuildReport(lines, List.copyOf(damaged));
    }
}

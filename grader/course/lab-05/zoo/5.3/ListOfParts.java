// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: accepted
// because: the parts of a record are kept in a list and joined when the last one has come; a block is read when it is wanted, by its number
import java.util.ArrayList;
import java.util.List;

public final class LogReader {
    private final List<Slice> parts = new ArrayList<>();
    private boolean inRecord;

    public @Nullable Slice next() {
        while (true) {
            int type = readChunk();
            if (type == END) {
                return null;
            }
            if (type == LogLayout.FULL || type == LogLayout.FIRST) {
                giveUp();
                if (type == LogLayout.FULL) {
                    return chunk;
                }
                inRecord = true;
                openFrom = chunkStart;
                openReason = "no end";
            }
            if (type > LogLayout.LAST || type == LogLayout.ZERO || (type >= LogLayout.MIDDLE && !inRecord)) {
                drop("a chunk of type " + type + " that does not belong here");
            } else if (type >= LogLayout.FIRST) {
                parts.add(chunk);
            }
            if (type == LogLayout.LAST && inRecord) {
                return joined();
            }
        }
    }

    private Slice joined() {
        ByteWriter all = new ByteWriter(parts.stream().mapToInt(Slice::length).sum());
        parts.forEach(all::putBytes);
        parts.clear();
        inRecord = false;
        openFrom = NOWHERE;
        return all.toSlice();
    }

    private boolean hasData() {
        return !inRecord || parts.stream().anyMatch(part -> part.length() > 0);
    }

    private int passZeros() {
        if (openFrom == NOWHERE || !hasData()) {
            openFrom = chunkStart;
        }
        openReason = "zeros";
        inRecord = false;
        parts.clear();
        position = block.length;
        return DROPPED;
    }

    private void giveUp() {
        if (openFrom != NOWHERE && hasData()) {
            report(openFrom, chunkStart, openReason);
        }
        openFrom = NOWHERE;
        inRecord = false;
        parts.clear();
    }
}

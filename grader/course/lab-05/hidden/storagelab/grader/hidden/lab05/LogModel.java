package storagelab.grader.hidden.lab05;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.log.LogReader;
import storagelab.testkit.lsm.LogBytes;

/**
 * Logs as the statement of 5.3 defines them, in the simplest way: a whole log in memory, first cut into pieces, then
 * put together.
 */
final class LogModel {
    private static final int BLOCK = LogBytes.BLOCK;
    private static final int HEAD = LogBytes.HEAD;

    /** What is in the bytes {@code [from, to)}: a chunk of this type, or zeros, or nothing that makes sense. */
    private record Piece(int from, int to, int type, byte[] data) {}

    private static final int ZEROS = -1;
    private static final int NONSENSE = -2;

    /** What a reader has to find: records, and which bytes are reported as {@code from-to}. */
    record Expected(List<Slice> records, List<String> dropped) {}

    private LogModel() {}

    /** A log with these records, behind {@code log}. */
    static byte[] append(byte[] log, List<Slice> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(log);
        for (Slice record : records) {
            byte[] data = record.toByteArray();
            int from = 0;
            int type = 2;
            do {
                int left = BLOCK - out.size() % BLOCK;
                if (left < HEAD) {
                    out.writeBytes(new byte[left]);
                    left = BLOCK;
                }
                int to = Math.min(data.length, from + left - HEAD);
                boolean last = to == data.length;
                out.writeBytes(LogBytes.chunk(
                        from == 0 && type == 2 ? (last ? 1 : 2) : (last ? 4 : 3), Arrays.copyOfRange(data, from, to)));
                type = 3;
                from = to;
            } while (from < data.length);
        }
        return out.toByteArray();
    }

    /** Bytes of a log with these records. */
    static int sizeBytes(List<Slice> records) {
        int size = 0;
        for (Slice record : records) {
            int data = record.length();
            do {
                int left = BLOCK - size % BLOCK;
                size += left < HEAD ? left : 0;
                int room = (left < HEAD ? BLOCK : left) - HEAD;
                size += HEAD + Math.min(room, data);
                data -= Math.min(room, data);
            } while (data > 0);
        }
        return size;
    }

    /** What a reader has to find in {@code log}. */
    static Expected read(byte[] log) {
        List<Slice> records = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        ByteArrayOutputStream data = null; // of a record that is not at its end
        int open = -1; // where something begins of which nobody knows yet
        for (Piece piece : pieces(log)) {
            if (data != null && (piece.type == 3 || piece.type == 4)) {
                data.writeBytes(piece.data);
                if (piece.type == 4) {
                    records.add(Slice.wrap(data.toByteArray()));
                    data = null;
                    open = -1;
                }
                continue;
            }
            if (data != null && data.size() == 0) {
                open = -1;
            }
            data = null;
            if (piece.type == ZEROS) {
                open = open < 0 ? piece.from : open;
                continue;
            }
            if (open >= 0) {
                dropped.add(open + "-" + piece.from);
            }
            open = piece.type == 2 ? piece.from : -1;
            if (piece.type == 1) {
                records.add(Slice.wrap(piece.data));
            } else if (piece.type == 2) {
                data = new ByteArrayOutputStream();
                data.writeBytes(piece.data);
            } else {
                dropped.add(piece.from + "-" + piece.to);
            }
        }
        return new Expected(records, dropped);
    }

    private static List<Piece> pieces(byte[] log) {
        List<Piece> pieces = new ArrayList<>();
        for (int start = 0; start < log.length; start += BLOCK) {
            int end = Math.min(log.length, start + BLOCK);
            int at = start;
            while (end - at >= HEAD) {
                Piece piece = piece(log, at, end);
                if (piece == null) {
                    return pieces;
                }
                pieces.add(piece);
                at = piece.to;
            }
        }
        return pieces;
    }

    /** The piece at {@code at} of a block that ends at {@code end}; null if the log ends in it. */
    private static @Nullable Piece piece(byte[] log, int at, int end) {
        if (isZeros(log, at, at + HEAD)) {
            return new Piece(at, end, ZEROS, new byte[0]);
        }
        int next = at + HEAD + (log[at + 4] & 0xff) + 256 * (log[at + 5] & 0xff);
        if (next > end && end % BLOCK != 0) {
            return null;
        }
        byte[] data = Arrays.copyOfRange(log, at + HEAD, next);
        boolean right = Arrays.equals(LogBytes.chunk(log[at + 6] & 0xff, data), 0, 7, log, at, at + 7);
        if (next <= end && right) {
            return new Piece(at, next, log[at + 6] & 0xff, data);
        }
        int sector = (Math.min(next, log.length) - 1) / 512 * 512;
        boolean torn = sector >= at && isZeros(log, sector, log.length);
        return torn ? null : new Piece(at, end, NONSENSE, new byte[0]);
    }

    private static boolean isZeros(byte[] log, int from, int to) {
        return Arrays.equals(log, from, to, new byte[to - from], 0, to - from);
    }

    /** The parts that were reported, as {@code from-to}. */
    static List<String> dropped(List<LogReader.Damage> damages) {
        return damages.stream()
                .map(damage -> damage.offset() + "-" + (damage.offset() + damage.bytes()))
                .toList();
    }
}

package storagelab.grader.kv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import storagelab.api.Slice;

/** Reads lines as bytes, so that what is not text in UTF-8 stays what it is. A line ends with a line feed, or with the input. */
final class LineReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long bytes;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its line feed; nothing at the end. */
    Optional<Slice> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean hasBegun = false;
        while (fill()) {
            hasBegun = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, position, end - position);
            bytes += end - position;
            position = end;
            if (end < limit) {
                position++;
                bytes++;
                break;
            }
        }
        if (!hasBegun) {
            return Optional.empty();
        }
        number++;
        return Optional.of(Slice.wrap(line.toByteArray()));
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return position < limit;
    }

    /** The number of the line that was read last; the first is 1. */
    long number() {
        return number;
    }

    /** How many bytes have been read. */
    long bytes() {
        return bytes;
    }
}

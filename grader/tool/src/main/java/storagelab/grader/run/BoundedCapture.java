package storagelab.grader.run;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An output stream that keeps the first bytes written and forgets the rest. Concurrency: safe for many threads. */
final class BoundedCapture extends OutputStream {
    private final int limitBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long forgotten;

    BoundedCapture(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    public synchronized void write(int value) {
        if (kept.size() < limitBytes) {
            kept.write(value);
        } else {
            forgotten++;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int room = Math.max(0, Math.min(length, limitBytes - kept.size()));
        kept.write(bytes, offset, room);
        forgotten += length - room;
    }

    /** Adds a line of our own. */
    void note(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    /** What was kept since the last call, with a note of how much was not. */
    synchronized String take() {
        String text = kept.toString(StandardCharsets.UTF_8);
        if (forgotten > 0) {
            text += System.lineSeparator() + "... and " + forgotten + " bytes more";
        }
        kept.reset();
        forgotten = 0;
        return text;
    }
}

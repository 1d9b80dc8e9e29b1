package storagelab.grader.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Sends signed, numbered events. Concurrency: safe for many threads; each event is one write. */
final class EventWriter {
    private final OutputStream out;
    private final EventSigner signer;
    private long sequence;

    EventWriter(OutputStream out, EventSigner signer) {
        this.out = out;
        this.signer = signer;
    }

    synchronized void send(Event.Type type, Wire.Content content) {
        String line = signer.line(sequence, new Event(type, Wire.encode(content)));
        sequence++;
        try {
            // The newline before the marker ends whatever the submission left on the line.
            out.write(("\n" + line + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException parentGone) {
            throw new UncheckedIOException("the parent does not listen any more", parentGone);
        }
    }
}

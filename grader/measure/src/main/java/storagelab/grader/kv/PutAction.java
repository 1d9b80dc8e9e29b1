package storagelab.grader.kv;

import java.io.IOException;
import picocli.CommandLine.Command;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.grader.LabException;

/** {@code put}: stores a value. */
@Command(
        name = "put",
        customSynopsis = "put KEY VALUE, or put --raw KEY < FILE",
        description = {
            "Store VALUE under KEY, in place of any value there. It is on the disk when the command returns.",
            "With --raw and without VALUE, the value is what comes from standard input, whatever its bytes are.",
            "If there is no store in DIR, one is made: a crash-safe store over a B+tree, or what --engine says.",
            ""
        })
final class PutAction extends KvAction {
    PutAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        boolean isFromInput = options.text() == BytesText.RAW && arguments().size() == 1 && !session.isInteractive();
        expect(isFromInput ? 1 : 2, "KEY", "VALUE");
        Slice key = bytes(0, "KEY");
        Slice value = isFromInput ? input() : bytes(1, "VALUE");
        KvWrites.write(session, session.toWriteOrMake(), new WriteBatch().put(key, value));
        return 0;
    }

    private Slice input() {
        try {
            return Slice.wrap(session.process().in().readAllBytes());
        } catch (IOException e) {
            throw new LabException("Standard input cannot be read: " + e.getMessage() + ".", "Nothing was stored.");
        }
    }
}

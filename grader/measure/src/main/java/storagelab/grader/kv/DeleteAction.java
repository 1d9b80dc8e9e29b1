package storagelab.grader.kv;

import picocli.CommandLine.Command;
import storagelab.api.WriteBatch;

/** {@code delete}: removes a key. */
@Command(
        name = "delete",
        customSynopsis = "delete KEY",
        description = {"Remove KEY and its value, if it is there. That is on the disk when the command returns.", ""})
final class DeleteAction extends KvAction {
    DeleteAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(1, "KEY");
        KvWrites.write(session, session.toWrite(), new WriteBatch().delete(bytes(0, "KEY")));
        return 0;
    }
}

package storagelab.grader.kv;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;
import storagelab.grader.serve.ServeFlags;
import storagelab.grader.serve.ServeOptions;
import storagelab.grader.serve.ServeRun;

/** {@code serve}: a server of the Redis protocol over the store. */
@Command(
        name = "serve",
        customSynopsis = "serve [--port N]",
        description = {
            "Serve the store to clients of Redis, until Ctrl-C. It has to be of the kind",
            "btree, lsm or hybrid. If there is none, one is made; its values may expire,",
            "unless it is hybrid.",
            ""
        })
final class ServeAction extends KvAction {
    @Mixin
    private ServeFlags flags = new ServeFlags();

    ServeAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        if (session.isInteractive()) {
            throw LabException.usage(
                    "A server is a call of its own, since a session could not end it.",
                    "Leave the session with exit, and call ./lab kv "
                            + session.place().typed() + " serve.");
        }
        session.release();
        StorePlace place = session.place();
        StoreKind kind = place.kind().isPresent() ? session.existing() : session.kindToMake();
        if (!kind.hasTransactions()) {
            throw LabException.usage(
                    "A server needs a store of the kind btree, lsm or hybrid, and this is " + kind.description() + ".",
                    "Load what scan --all prints into one of these kinds.");
        }
        LabContext context = session.context();
        ServeOptions options =
                flags.options(context.directory(), session.process().environment());
        return ServeRun.run(
                place.home(),
                kind.engineType(),
                options,
                new ServeRun.Messages(context.out(), context.err(), place.shown()));
    }
}

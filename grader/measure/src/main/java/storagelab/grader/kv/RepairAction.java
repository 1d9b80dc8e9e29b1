package storagelab.grader.kv;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmRepair;

/** {@code repair}: rebuilds a store from what can be read of it. */
@Command(
        name = "repair",
        customSynopsis = "repair",
        description = {
            "Rebuild a store of the kind leveldb from its tables and logs; the old files go to DIR/lost. The other kinds have",
            "nothing that they could be rebuilt from.",
            ""
        })
final class RepairAction extends KvAction {
    RepairAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        session.release();
        LabContext context = session.context();
        Path home = session.place().home();
        if (!Files.isDirectory(home)) {
            throw new LabException("There is no directory " + context.shown(home) + ".", "Look at its name.");
        }
        checkKind();
        LsmRepair.Report report = LsmRepair.repair(home, LsmOptions.defaults());
        say("%,d keys out of %d tables are in the store again.".formatted(report.keys(), report.tables()));
        LsmAccess.dropped(report.dropped()).forEach(this::say);
        say("What it was made from is in " + context.shown(home.resolve(LsmRepair.LOST)) + ".");
        return 0;
    }

    /** A store that has lost its CURRENT is not recognised, and is what a repair is for. */
    private void checkKind() {
        StorePlace place = session.place();
        place.checkNotInside();
        if (place.isLsmPerhapsWithoutCurrent()) {
            return;
        }
        StoreKind kind = place.requiredKind();
        throw new LabException(
                "A repair rebuilds stores of the kind leveldb, and this is " + kind.description() + ".",
                "Restore it from a backup, or load what " + session.call("scan --all")
                        + " can still read into a new store.");
    }
}

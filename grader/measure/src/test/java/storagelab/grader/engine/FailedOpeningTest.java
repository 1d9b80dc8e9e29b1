package storagelab.grader.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;

/** A store that cannot be opened holds on to nothing: the process that tried may go on for years. */
class FailedOpeningTest {
    private static final SortedLogOptions OPTIONS =
            SortedLogOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND);

    @ParameterizedTest
    @EnumSource(DiskCall.class)
    void leavesNoFileOpenWhicheverCallFails(DiskCall call) {
        int failures = 0;
        for (boolean failed = true; failed; failures++) {
            CrashDisk disk = twoTablesAndALog();
            disk.faults().failOnce(call, failures + 1);
            failed = fails(disk);
            assertEquals(0, disk.openFiles(), "files open after " + call + " number " + (failures + 1) + " failed");
        }
        assertTrue(failures > 1, "no " + call + " failed while the store was opened and closed");
    }

    private static CrashDisk twoTablesAndALog() {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root(), OPTIONS)) {
            for (String key : new String[] {"a", "b"}) {
                store.put(Slice.utf8(key), Slice.utf8("1"));
                store.flush();
            }
            store.put(Slice.utf8("c"), Slice.utf8("1"));
        }
        return disk;
    }

    /** Whether opening and closing meets the failure. */
    private static boolean fails(CrashDisk disk) {
        try {
            SortedLogStore.open(disk.root(), OPTIONS).close();
            return false;
        } catch (StorageException onCue) {
            return true;
        }
    }
}

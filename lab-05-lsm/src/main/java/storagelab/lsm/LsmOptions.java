package storagelab.lsm;

import java.time.InstantSource;
import storagelab.api.MaintenanceKind;
import storagelab.bloom.BloomFilter;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.sstable.TableOptions;

/**
 * How a store is built. Each {@code with} gives other options, in which one thing is different.
 *
 * <p>Concurrency: immutable.
 */
public final class LsmOptions {
    private static final int FILTER_BITS_PER_KEY = 10;
    private static final int ONE_FILTER_A_TABLE = 31; // for 2 GiB, as LevelDB reads it, too

    private static final long SLOWDOWN_DEBT_BYTES = 8L << 30;
    private static final long STOP_DEBT_BYTES = 32L << 30;
    private static final long DELAYED_BYTES_PER_SECOND = 16 << 20;

    // Set before anybody else sees the options, and never again.
    private long memtableBytes = 4 << 20;
    private long tableBytes = 2 << 20;
    private long cacheBytes = 8 << 20;
    private TableOptions table = TableOptions.defaults()
            .withFilter(new BloomFilter(FILTER_BITS_PER_KEY))
            .withFilterBaseBits(ONE_FILTER_A_TABLE);
    private CompactionPicker picker = LeveledPicker.defaults();
    private boolean isPickerChosen;
    private CompactionFilter compactionFilter = CompactionFilter.NONE;
    private long mergeBytesPerSecond; // 0 is as fast as it goes
    private MaintenanceKind maintenance = MaintenanceKind.BACKGROUND;
    private boolean isHeldUp = true;
    private int slowdownTables = 8;
    private int stopTables = 12;
    private boolean hasLog = true;
    private RecoveryMode recoveryMode = RecoveryMode.POINT_IN_TIME;
    private FileAccess fileAccess = FileAccess.MAPPED;
    private InstantSource clock = InstantSource.system();

    private LsmOptions() {}

    private LsmOptions(LsmOptions other) {
        this.memtableBytes = other.memtableBytes;
        this.tableBytes = other.tableBytes;
        this.cacheBytes = other.cacheBytes;
        this.table = other.table;
        this.picker = other.picker;
        this.isPickerChosen = other.isPickerChosen;
        this.compactionFilter = other.compactionFilter;
        this.mergeBytesPerSecond = other.mergeBytesPerSecond;
        this.maintenance = other.maintenance;
        this.isHeldUp = other.isHeldUp;
        this.slowdownTables = other.slowdownTables;
        this.stopTables = other.stopTables;
        this.hasLog = other.hasLog;
        this.recoveryMode = other.recoveryMode;
        this.fileAccess = other.fileAccess;
        this.clock = other.clock;
    }

    /**
     * Memtables of 4 MiB, tables of 2 MiB, a cache of 8 MiB; blocks of 4 KiB, not compressed; a bloom filter of
     * ten bits a key for each table, which LevelDB reads as well; the picker that the store remembers, and leveled compaction for a new one, in the background; the newest state that is whole after a crash; files mapped
     * into memory where that is possible.
     */
    public static LsmOptions defaults() {
        return new LsmOptions();
    }

    /** When a memtable is written out as a table. */
    public long memtableBytes() {
        return memtableBytes;
    }

    /** How large the tables become that a merge writes. */
    public long tableBytes() {
        return tableBytes;
    }

    /** Budget of the block cache. */
    public long cacheBytes() {
        return cacheBytes;
    }

    /** How tables are written. */
    public TableOptions table() {
        return table;
    }

    /** Which tables are merged; if no picker was chosen, in a store that remembers none, see {@link StoreShape}. */
    public CompactionPicker picker() {
        return picker;
    }

    /** Whether {@link #withPicker} has chosen the picker; otherwise a store takes the one that it remembers. */
    public boolean choosesPicker() {
        return isPickerChosen;
    }

    /** Says which values a merge throws away because they have had their time. */
    public CompactionFilter compactionFilter() {
        return compactionFilter;
    }

    /** How fast merges may write; 0 if as fast as they can. */
    public long mergeBytesPerSecond() {
        return mergeBytesPerSecond;
    }

    /** Whether flushes and merges have threads of their own, or are done by the writer who makes them due. */
    public MaintenanceKind maintenance() {
        return maintenance;
    }

    /** Whether writers are held up when merges fall behind; if they do the merges themselves, these never do. */
    boolean holdsWritersUp() {
        return isHeldUp && maintenance == MaintenanceKind.BACKGROUND;
    }

    /** Whether the store keeps a log of its writes. */
    public boolean hasLog() {
        return hasLog;
    }

    /** What to do with damaged logs. */
    public RecoveryMode recoveryMode() {
        return recoveryMode;
    }

    /** How logs are written and tables read. */
    public FileAccess fileAccess() {
        return fileAccess;
    }

    /** Says when a table was flushed. */
    public InstantSource clock() {
        return clock;
    }

    /**
     * When writes are slowed down and stopped: from so many tables on level 0 on as {@link #withStallTables} says, or twice as many as are merged
     * if that is more, and three times as many; from a debt of 8 GiB and of 32. At first writes get 16 MiB a second then.
     */
    WriteStallController.Limits stallLimits() {
        return new WriteStallController.Limits(
                Math.max(slowdownTables, 2 * picker.levelZeroTables()),
                Math.max(stopTables, 3 * picker.levelZeroTables()),
                SLOWDOWN_DEBT_BYTES,
                STOP_DEBT_BYTES,
                DELAYED_BYTES_PER_SECOND);
    }

    /**
     * These, with memtables of another size.
     *
     * @throws IllegalArgumentException if {@code bytes} is not positive
     */
    public LsmOptions withMemtableBytes(long bytes) {
        LsmOptions changed = new LsmOptions(this);
        changed.memtableBytes = atLeast(1, bytes, "a memtable");
        return changed;
    }

    /**
     * These, with tables of another size.
     *
     * @throws IllegalArgumentException if {@code bytes} is not positive
     */
    public LsmOptions withTableBytes(long bytes) {
        LsmOptions changed = new LsmOptions(this);
        changed.tableBytes = atLeast(1, bytes, "a table");
        return changed;
    }

    /**
     * These, with another budget of the cache.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public LsmOptions withCacheBytes(long bytes) {
        LsmOptions changed = new LsmOptions(this);
        changed.cacheBytes = atLeast(0, bytes, "a cache");
        return changed;
    }

    /** These, with tables written in another way. */
    public LsmOptions withTable(TableOptions options) {
        LsmOptions changed = new LsmOptions(this);
        changed.table = options;
        return changed;
    }

    /** These, with another picker, which the store remembers from then on. */
    public LsmOptions withPicker(CompactionPicker other) {
        LsmOptions changed = new LsmOptions(this);
        changed.picker = other;
        changed.isPickerChosen = true;
        return changed;
    }

    /** These, with another filter of values; not to be confused with bloom filters, see {@link #withTable}. */
    public LsmOptions withCompactionFilter(CompactionFilter other) {
        LsmOptions changed = new LsmOptions(this);
        changed.compactionFilter = other;
        return changed;
    }

    /**
     * These, with merges that write no more than so many bytes a second, so that they leave the disk to gets and flushes;
     * 0 lets them write as fast as they can. Flushes never wait. After idling a merge may write a second's worth at once.
     *
     * <p>Merges that are slower than what comes in fall behind, and writers are slowed down then. Closing the store waits
     * for the merge that is running, at this speed.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public LsmOptions withMergeBytesPerSecond(long bytes) {
        LsmOptions changed = new LsmOptions(this);
        changed.mergeBytesPerSecond = atLeast(0, bytes, "merges");
        return changed;
    }

    /** These, with maintenance done by others or by the writer. */
    public LsmOptions withMaintenance(MaintenanceKind kind) {
        LsmOptions changed = new LsmOptions(this);
        changed.maintenance = kind;
        return changed;
    }

    /**
     * These, with writers who are not held up when merges fall behind, and wait for nothing but the memtable before the
     * one that is full. There is no limit to the tables on level 0 then, nor to what a get costs.
     */
    public LsmOptions withoutStalls() {
        LsmOptions changed = new LsmOptions(this);
        changed.isHeldUp = false;
        return changed;
    }

    /**
     * These, with other numbers of tables on level 0 from which on writers are slowed down and stopped; by default 8 and 12. More of them let a short burst of
     * writes pass while a long merge is running, and make gets ask more tables then.
     *
     * @throws IllegalArgumentException if {@code slowdown} is not positive, or greater than {@code stop}
     */
    public LsmOptions withStallTables(int slowdown, int stop) {
        if (slowdown < 1 || slowdown > stop) {
            throw new IllegalArgumentException(
                    "writers slowed down from " + slowdown + " tables on, and stopped from " + stop + " on");
        }
        LsmOptions changed = new LsmOptions(this);
        changed.slowdownTables = slowdown;
        changed.stopTables = stop;
        return changed;
    }

    /**
     * These, without a log: for a store whose writes are made durable by a log outside of it, see {@link
     * storagelab.api.StorageEngine}. A write is lost in a crash until its memtable is a table; a SYNCED write makes one, and
     * closing the store does.
     */
    public LsmOptions withoutLog() {
        LsmOptions changed = new LsmOptions(this);
        changed.hasLog = false;
        return changed;
    }

    /** These, with another way to recover. */
    public LsmOptions withRecoveryMode(RecoveryMode mode) {
        LsmOptions changed = new LsmOptions(this);
        changed.recoveryMode = mode;
        return changed;
    }

    /** These, with files written and read in another way. */
    public LsmOptions withFileAccess(FileAccess access) {
        LsmOptions changed = new LsmOptions(this);
        changed.fileAccess = access;
        return changed;
    }

    /** These, with another clock. */
    public LsmOptions withClock(InstantSource other) {
        LsmOptions changed = new LsmOptions(this);
        changed.clock = other;
        return changed;
    }

    private static long atLeast(long smallest, long bytes, String what) {
        if (bytes < smallest) {
            throw new IllegalArgumentException(what + " of " + bytes + " bytes; " + smallest + " at least");
        }
        return bytes;
    }
}

package storagelab.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;

/**
 * One file between two syncs: the bytes that are on the disk for sure, and the changes since, of which a crash leaves
 * some.
 *
 * <p>The rules, with {@code n} unsynced changes and a moment being a number of them, {@code 0} to {@code n}:
 * <ol>
 *   <li>The size, and what truncations cut off, are as of one moment.
 *   <li>Each sector of 512 bytes is as of a moment of its own, because the page cache writes whole sectors back whenever
 *       it likes.
 *   <li>Where the size reaches and no sector did, there are zeros; what lies beyond the size is not seen.
 *   <li>What was written to a sector after it was cut off is not seen unless the cut is: the space is reused only after
 *       the truncation is on the disk.
 * </ol>
 *
 * <p>Concurrency: none.
 */
final class FileHistory {
    static final int SECTOR_BYTES = 512;

    /** An unsynced change; {@code position} is its place in the log. */
    private sealed interface Change {
        int position();
    }

    private record Written(int position, long offset, Slice bytes) implements Change {
        long end() {
            return offset + bytes.length();
        }
    }

    /** A write whose data a failed sync dropped: only the size is left of it. */
    private record SizeOnly(int position, long sizeBytes) implements Change {}

    private record Truncated(int position, long sizeBytes) implements Change {}

    /** As of which moment a sector survives, at most {@code latest}. */
    private interface SectorMoment {
        int of(long sector, int latest);
    }

    private final int inode;
    private final Content durable;
    private final List<Change> pending = new ArrayList<>();
    private Content everything;
    private int pendingTruncations;

    FileHistory(int inode, Content durable) {
        this.inode = inode;
        this.durable = durable;
        this.everything = durable.fork();
    }

    // ---------------------------------------------------------------- what happens

    void write(int position, long offset, Slice bytes) {
        add(new Written(position, offset, bytes));
    }

    void truncate(int position, long sizeBytes) {
        add(new Truncated(position, sizeBytes));
    }

    private void add(Change change) {
        pending.add(change);
        pendingTruncations += change instanceof Truncated ? 1 : 0;
        apply(change, everything);
    }

    private static void apply(Change change, Content content) {
        if (change instanceof Written written) {
            content.write(written.offset(), written.bytes().asByteBuffer());
        } else if (change instanceof SizeOnly sizeOnly) {
            content.resize(Math.max(content.size(), sizeOnly.sizeBytes()));
        } else if (change instanceof Truncated truncated) {
            content.resize(Math.min(content.size(), truncated.sizeBytes()));
        }
    }

    void sync() {
        pending.forEach(change -> apply(change, durable));
        pending.clear();
        pendingTruncations = 0;
    }

    void failSync() {
        pending.replaceAll(
                change -> change instanceof Written written ? new SizeOnly(written.position(), written.end()) : change);
        everything = durable.fork();
        pending.forEach(change -> apply(change, everything));
    }

    void flip(long offset, int bit) {
        if (offset < durable.size()) {
            durable.flip(offset, bit);
        }
        if (offset < everything.size()) {
            everything.flip(offset, bit);
        }
        pending.replaceAll(change -> {
            if (change instanceof Written written && written.offset() <= offset && offset < written.end()) {
                byte[] bytes = written.bytes().toByteArray();
                bytes[(int) (offset - written.offset())] ^= (byte) (1 << bit);
                return new Written(written.position(), written.offset(), Slice.wrap(bytes));
            }
            return change;
        });
    }

    // ---------------------------------------------------------------- what a crash leaves

    boolean isSettled() {
        return pending.isEmpty();
    }

    /** The places in the log of the unsynced changes, ascending. */
    List<Integer> pendingPositions() {
        return pending.stream().map(Change::position).toList();
    }

    /** The bytes after a crash. */
    Content survivor(Survival survival) {
        if (pending.isEmpty()) {
            return durable.fork();
        }
        return switch (survival.mode()) {
            case NOTHING -> durable.fork();
            case EVERYTHING -> everything.fork();
            case SIZES_WITHOUT_DATA -> rebuild(pending.size(), (sector, latest) -> 0);
            case TORN_PREFIX -> tornAt(survival);
            case RANDOM ->
                rebuild(
                        survival.pick(inode, -1, pending.size() + 1),
                        (sector, latest) -> survival.pick(inode, sector, latest + 1));
        };
    }

    private Content tornAt(Survival survival) {
        int whole = 0;
        while (whole < pending.size() && pending.get(whole).position() < survival.cut()) {
            whole++;
        }
        int kept = whole;
        if (kept == pending.size()
                || pending.get(kept).position() != survival.cut()
                || !(pending.get(kept) instanceof Written torn)) {
            return rebuild(kept, (sector, latest) -> kept);
        }
        long firstSector = torn.offset() / SECTOR_BYTES;
        int sectors = (int) ((torn.end() - 1) / SECTOR_BYTES - firstSector);
        long firstLostSector = firstSector + survival.pick(inode, -1, sectors + 1);
        Content image = rebuild(kept, (sector, latest) -> kept);
        if (firstLostSector > firstSector) {
            Written survived =
                    new Written(torn.position(), torn.offset(), torn.bytes().subSlice(0, (int)
                            (firstLostSector * SECTOR_BYTES - torn.offset())));
            apply(survived, image);
        }
        return image;
    }

    /** The file with its size as of a moment and each of its sectors as of another. */
    private Content rebuild(int sizeMoment, SectorMoment moments) {
        Content image = durable.fork();
        long size = durable.size();
        for (int i = 0; i < pending.size(); i++) {
            Change change = pending.get(i);
            if (change instanceof Written written) {
                writeSectors(image, i, sizeMoment, moments);
                size = i < sizeMoment ? Math.max(size, written.end()) : size;
            } else if (i < sizeMoment && change instanceof SizeOnly sizeOnly) {
                size = Math.max(size, sizeOnly.sizeBytes());
            } else if (i < sizeMoment && change instanceof Truncated truncated) {
                size = Math.min(size, truncated.sizeBytes());
                image.resize(Math.min(image.size(), truncated.sizeBytes()));
            }
        }
        image.resize(size);
        return image;
    }

    private void writeSectors(Content image, int index, int sizeMoment, SectorMoment moments) {
        Written written = (Written) pending.get(index);
        for (long from = written.offset(); from < written.end(); ) {
            long sector = from / SECTOR_BYTES;
            long to = Math.min(written.end(), (sector + 1) * SECTOR_BYTES);
            if (index < moments.of(sector, latestMoment(sector, sizeMoment))) {
                ByteBuffer part = written.bytes()
                        .subSlice((int) (from - written.offset()), (int) (to - written.offset()))
                        .asByteBuffer();
                image.write(from, part);
            }
            from = to;
        }
    }

    /** The latest moment that a sector can be of: the first truncation that cut it and did not survive (rule 4). */
    private int latestMoment(long sector, int sizeMoment) {
        for (int i = sizeMoment; pendingTruncations > 0 && i < pending.size(); i++) {
            if (pending.get(i) instanceof Truncated truncated && truncated.sizeBytes() < (sector + 1) * SECTOR_BYTES) {
                return i;
            }
        }
        return pending.size();
    }
}

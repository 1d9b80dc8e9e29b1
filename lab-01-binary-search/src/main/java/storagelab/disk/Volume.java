package storagelab.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.disk.DiskOperation.Entry;
import storagelab.disk.Node.DirectoryNode;
import storagelab.disk.Node.FileNode;

/**
 * The disk as the running program sees it: everything written is there, synced or not. It does the work of the system
 * calls, refuses what a Unix file system refuses, counts, lets {@link Faults} strike, and writes the log from which
 * {@link Replay} finds what a crash would leave.
 *
 * <p>Invariants:
 * <ol>
 *   <li>{@code base} with the changes of {@code log} applied in order is the tree below {@code root}.
 *   <li>{@code usedBytes} is the sum of the sizes of all files that a name or an open channel leads to.
 *   <li>After a crash no call changes anything.
 * </ol>
 *
 * <p>Concurrency: every method holds the volume's monitor, so the log is the order in which things happened. A call that
 * a {@link Hold} keeps waiting lets the others pass, and has not happened yet.
 */
final class Volume {
    /** In place of an offset: after the last byte, wherever that is by then. */
    static final long AT_END = -1;

    /** The reason in the exception for a path that goes through a file. */
    static final String NOT_A_DIRECTORY = "Not a directory";

    private final DiskImage base;
    private final long capacityBytes;
    private final Faults faults = new Faults(this);
    private final CallCounts counts = new CallCounts();
    private final List<DiskOperation> log = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final DirectoryNode root;
    private int nextInode;
    private long usedBytes;
    private int openFiles;
    private boolean isCrashed;

    Volume(DiskImage base, long capacityBytes) {
        this.base = base;
        this.capacityBytes = capacityBytes;
        this.nextInode = base.firstFreeInode();
        this.root = load(DiskImage.ROOT);
    }

    private DirectoryNode load(int inode) {
        DirectoryNode directory = new DirectoryNode(inode, now());
        base.namesIn(inode).forEach((name, child) -> {
            Content content = base.files().get(child);
            Node node = content == null ? load(child) : new FileNode(child, now(), content.fork());
            directory.children().put(name, node);
            usedBytes += node.sizeBytes();
        });
        return directory;
    }

    // ---------------------------------------------------------------- the machine

    Faults faults() {
        return faults;
    }

    long capacityBytes() {
        return capacityBytes;
    }

    synchronized long freeBytes() {
        return capacityBytes - usedBytes;
    }

    synchronized DiskCounters counters() {
        return counts.snapshot();
    }

    synchronized int openFiles() {
        return openFiles;
    }

    synchronized List<DiskOperation> operations() {
        return List.copyOf(log);
    }

    synchronized void crash() {
        isCrashed = true;
        notifyAll();
    }

    synchronized boolean isCrashed() {
        return isCrashed;
    }

    /** From now on the calls that are {@code hold}'s wait for it. */
    synchronized void add(Hold hold) {
        holds.add(hold);
    }

    /** Lets every call that waits go on. */
    synchronized void endHolds() {
        holds.forEach(Hold::close);
        holds.clear();
    }

    synchronized void acknowledge(Object marker) {
        checkAlive();
        log.add(new DiskOperation.Acknowledge(marker));
    }

    synchronized void syncAll() {
        checkAlive();
        log.add(new DiskOperation.SyncAll());
    }

    /** A replay of this disk's life that stands before its first operation. */
    synchronized Replay newReplay() {
        return new Replay(base);
    }

    /** Does nothing on a disk that runs; throws on one that has crashed. */
    synchronized void checkAlive() {
        if (isCrashed) {
            throw new DiskCrashedError();
        }
    }

    /** Lets a call wait while it is held back, counts it, and lets it fail if it is that one's turn. */
    private void begin(DiskCall call, String path) throws IOException {
        for (Hold hold : List.copyOf(holds)) {
            hold.await(call, path);
        }
        checkAlive();
        counts.called(call);
        faults.strike(call, path);
    }

    private FileTime now() {
        return FileTime.fromMillis(log.size());
    }

    // ---------------------------------------------------------------- names

    private Place locate(CrashPath path) throws IOException {
        checkAlive();
        Deque<Place> way = new ArrayDeque<>();
        way.push(new Place(null, "", path.toString(), root));
        for (String name : path.namesFromRoot()) {
            Node node = way.element().node();
            if (node == null) {
                throw new NoSuchFileException(path.toString());
            }
            if (!(node instanceof DirectoryNode directory)) {
                throw new FileSystemException(path.toString(), null, NOT_A_DIRECTORY);
            }
            if (!name.equals(".") && !name.equals("..")) {
                way.push(new Place(
                        directory, name, path.toString(), directory.children().get(name)));
            } else if (name.equals("..") && way.size() > 1) {
                way.pop();
            }
        }
        return way.element();
    }

    /** What the path leads to. */
    synchronized Node find(CrashPath path) throws IOException {
        Node node = locate(path).node();
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    /** The names in a directory now, ascending. */
    synchronized List<String> list(CrashPath path) throws IOException {
        try {
            if (find(path) instanceof DirectoryNode directory) {
                return List.copyOf(directory.children().keySet());
            }
        } catch (FileSystemException e) {
            if (!NOT_A_DIRECTORY.equals(e.getReason())) {
                throw e;
            }
        }
        throw new NotDirectoryException(path.toString());
    }

    synchronized CrashFileAttributes attributes(CrashPath path) throws IOException {
        return CrashFileAttributes.of(find(path));
    }

    synchronized void setModified(CrashPath path, FileTime time) throws IOException {
        find(path).setModified(time);
    }

    synchronized void createDirectory(CrashPath path) throws IOException {
        Place place = locate(path);
        if (place.node() != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
        begin(DiskCall.METADATA, place.path());
        DirectoryNode created = new DirectoryNode(nextInode++, now());
        log.add(new DiskOperation.CreateDirectory(place.entry(), created.inode()));
        place.link(created, now());
    }

    private FileNode createFile(Place place) throws IOException {
        begin(DiskCall.METADATA, place.path());
        FileNode created = new FileNode(nextInode++, now(), new Content());
        log.add(new DiskOperation.CreateFile(place.entry(), created.inode()));
        place.link(created, now());
        return created;
    }

    synchronized void delete(CrashPath path) throws IOException {
        Place place = locate(path);
        Node node = place.node();
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (node instanceof DirectoryNode directory && !directory.children().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        Entry entry = place.entry();
        begin(DiskCall.METADATA, place.path());
        log.add(new DiskOperation.Delete(entry, node.inode()));
        place.unlink(now());
        forgetName(node);
    }

    /** Gives a file or directory another name, in one instant, with the rules of rename(2). */
    synchronized void rename(CrashPath from, CrashPath to) throws IOException {
        Place source = locate(from);
        Place target = locate(to);
        Node moved = source.node();
        if (moved == null) {
            throw new NoSuchFileException(from.toString(), to.toString(), null);
        }
        if (moved == target.node()) {
            return;
        }
        String objection = objectionToRename(source, target, from, to);
        if (objection != null) {
            throw new FileSystemException(from.toString(), to.toString(), objection);
        }
        Entry fromEntry = source.entry();
        Entry toEntry = target.entry();
        begin(DiskCall.METADATA, source.path());
        log.add(new DiskOperation.Rename(fromEntry, toEntry, moved.inode(), moved instanceof DirectoryNode));
        source.unlink(now());
        target.link(moved, now());
        forgetName(target.node());
    }

    private static @Nullable String objectionToRename(Place source, Place target, CrashPath from, CrashPath to) {
        if (source.node() instanceof DirectoryNode && to.isWithin(from)) {
            return "Invalid argument";
        }
        return from.isWithin(to) ? "Directory not empty" : source.objectionToReplacing(target);
    }

    private void forgetName(@Nullable Node node) {
        if (node instanceof FileNode file) {
            file.unlinked();
            reclaim(file);
        }
    }

    private void reclaim(FileNode file) {
        if (file.isGone()) {
            usedBytes -= file.sizeBytes();
        }
    }

    // ---------------------------------------------------------------- files

    /** Opens what the path leads to, creating or truncating it as the mode says; {@link #close} must follow. */
    synchronized Node open(CrashPath path, OpenMode mode) throws IOException {
        Place place = locate(path);
        Node node = place.node();
        if (node == null) {
            if (!mode.isCreating()) {
                throw new NoSuchFileException(path.toString());
            }
            node = createFile(place);
        } else if (mode.isExclusive()) {
            throw new FileAlreadyExistsException(path.toString());
        } else if (mode.isWriting() && node instanceof DirectoryNode) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        } else if (mode.isTruncating() && node instanceof FileNode file) {
            truncate(file, place.path(), 0);
        }
        if (node instanceof FileNode file) {
            file.opened();
            openFiles++;
            if (mode.isTemporary()) {
                delete(path);
            }
        }
        return node;
    }

    /** Takes back one {@link #open}. Works after a crash too, since it changes nothing on the disk. */
    synchronized void close(Node node) {
        if (node instanceof FileNode file) {
            file.closed();
            openFiles--;
            reclaim(file);
        }
    }

    synchronized long size(Node node) {
        checkAlive();
        return node.sizeBytes();
    }

    /** Reads into {@code target}; returns the number of bytes, -1 at the end of the file. */
    synchronized int read(FileNode file, String path, long offset, ByteBuffer target) throws IOException {
        checkAlive();
        begin(DiskCall.READ, path);
        ByteBuffer window = target.duplicate();
        window.limit(window.position() + faults.transferable(DiskCall.READ, window.remaining()));
        int count = file.content().read(offset, window);
        if (count > 0) {
            target.position(target.position() + count);
            counts.read(count);
        }
        return count;
    }

    /** Writes from {@code source}; returns the number of bytes, which is less than asked for only by a fault or lack of space. */
    synchronized int write(FileNode file, String path, long offset, ByteBuffer source) throws IOException {
        checkAlive();
        begin(DiskCall.WRITE, path);
        long start = offset == AT_END ? file.sizeBytes() : offset;
        int length = writable(file, start, faults.transferable(DiskCall.WRITE, source.remaining()));
        byte[] bytes = new byte[length];
        source.get(bytes);
        if (length > 0) {
            Slice written = Slice.wrap(bytes);
            log.add(new DiskOperation.Write(file.inode(), path, start, written));
            usedBytes += Math.max(0, start + length - file.sizeBytes());
            file.content().write(start, written.asByteBuffer());
            file.setModified(now());
            counts.wrote(length);
        }
        return length;
    }

    /** How many of {@code wanted} bytes fit at {@code start}; fails if it is none. */
    private int writable(FileNode file, long start, int wanted) throws IOException {
        if (start + wanted > Content.MAX_SIZE_BYTES) {
            throw new IOException("File too large");
        }
        long reachable = file.sizeBytes() + Math.min(freeBytes(), Content.MAX_SIZE_BYTES);
        long fitting = Math.min(wanted, reachable - start);
        if (wanted > 0 && fitting <= 0) {
            throw new IOException("No space left on device");
        }
        return (int) fitting;
    }

    /** Cuts a file; a size that it does not reach changes nothing. */
    synchronized void truncate(FileNode file, String path, long sizeBytes) throws IOException {
        checkAlive();
        begin(DiskCall.METADATA, path);
        if (sizeBytes < file.sizeBytes()) {
            log.add(new DiskOperation.Truncate(file.inode(), path, sizeBytes));
            usedBytes -= file.sizeBytes() - sizeBytes;
            file.content().resize(sizeBytes);
            file.setModified(now());
        }
    }

    /** Makes a file's data and size, or a directory's names, durable. */
    synchronized void sync(Node node, String path) throws IOException {
        checkAlive();
        if (node instanceof DirectoryNode) {
            begin(DiskCall.DIRECTORY_SYNC, path);
            log.add(new DiskOperation.SyncDirectory(node.inode(), path));
            return;
        }
        try {
            begin(DiskCall.SYNC, path);
        } catch (IOException e) {
            log.add(new DiskOperation.FailedSync(node.inode(), path));
            throw e;
        }
        log.add(new DiskOperation.Sync(node.inode(), path));
    }

    /** Turns over a stored bit. */
    synchronized void flipBit(CrashPath path, long offset, int bit) throws IOException {
        if (!(find(path) instanceof FileNode file) || offset < 0 || offset >= file.sizeBytes() || bit < 0 || bit > 7) {
            throw new IllegalArgumentException("there is no bit " + bit + " of byte " + offset + " in " + path);
        }
        log.add(new DiskOperation.FlipBit(file.inode(), path.toString(), offset, bit));
        file.content().flip(offset, bit);
    }
}

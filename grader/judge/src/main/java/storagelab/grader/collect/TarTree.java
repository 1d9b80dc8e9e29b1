package storagelab.grader.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.IOUtils;

/**
 * The files in a tar archive. A tar can only be read from its beginning to its end, so all files are written one after the other into
 * a temporary file, where each can be found again.
 */
final class TarTree implements FileTree {
    private static final long BYTES_MAX = 8L << 30;

    private final FileChannel spool;
    private final EntryIndex<Piece> index = new EntryIndex<>();

    /** A file in the spool. */
    private record Piece(TarArchiveEntry entry, long from, long bytes) {}

    /** The archive in {@code bytes}, which is read to its end and closed. */
    TarTree(InputStream bytes) throws IOException {
        Path file = Files.createTempFile("storage-lab-", ".spool");
        spool = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
            OutputStream out = Channels.newOutputStream(spool);
            long end = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                long copied = entry.isFile() ? IOUtils.copyLarge(tar, out, 0, BYTES_MAX + 1 - end) : 0;
                if (end + copied > BYTES_MAX) {
                    throw new IOException("it has more than " + BYTES_MAX + " bytes");
                }
                index.add(entry.getName(), new Piece(entry, end, copied));
                end += copied;
            }
        } catch (IOException | RuntimeException failure) {
            spool.close();
            throw failure;
        }
    }

    @Override
    public List<Entry> entries() {
        return index.entries(
                TarTree::kind,
                piece -> Optional.of(piece.entry().getLastModifiedTime().toInstant()));
    }

    private static Kind kind(Piece piece) {
        TarArchiveEntry entry = piece.entry();
        if (entry.isSymbolicLink() || entry.isLink()) {
            return Kind.LINK;
        }
        return entry.isFile() ? Kind.FILE : Kind.OTHER;
    }

    @Override
    public List<String> refused() {
        return index.refused();
    }

    @Override
    public byte[] read(Entry file, int bytesMax) throws IOException {
        Piece piece = index.get(file.path());
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(bytesMax, piece.bytes()));
        while (bytes.hasRemaining()) {
            if (spool.read(bytes, piece.from() + bytes.position()) < 0) {
                throw new IOException("the temporary file was truncated");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}

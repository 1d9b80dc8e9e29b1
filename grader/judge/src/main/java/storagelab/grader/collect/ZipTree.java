package storagelab.grader.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The files in a zip archive, as its directory lists them. A file is inflated when it is read, and only so far. */
final class ZipTree implements FileTree {
    private final ZipFile zip;
    private final EntryIndex<ZipArchiveEntry> index = new EntryIndex<>();

    /** The archive in {@code bytes}, which is closed with the tree. */
    ZipTree(SeekableByteChannel bytes) throws IOException {
        zip = ZipFile.builder().setSeekableByteChannel(bytes).get();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            if (!entry.isDirectory()) {
                index.add(entry.getName(), entry);
            }
        }
    }

    @Override
    public List<Entry> entries() {
        return index.entries(
                entry -> entry.isUnixSymlink() ? Kind.LINK : Kind.FILE,
                entry -> Optional.ofNullable(entry.getLastModifiedTime()).map(FileTime::toInstant));
    }

    @Override
    public List<String> refused() {
        return index.refused();
    }

    @Override
    public synchronized byte[] read(Entry file, int bytesMax) throws IOException {
        ZipArchiveEntry entry = index.get(file.path());
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new IOException("it is encrypted");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            return content.readNBytes(bytesMax);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

package storagelab.grader.collect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Which files are archives, and how each is opened. */
final class Archives {
    private static final List<String> ZIP = List.of(".zip", ".jar");
    private static final List<String> TAR = List.of(".tar");
    private static final List<String> TAR_GZIP = List.of(".tar.gz", ".tgz");
    private static final List<String> UNKNOWN = List.of(".rar", ".7z", ".tar.xz", ".tar.bz2", ".txz", ".tbz2");
    private static final String WANTED = "ask for a .zip, .tar or .tar.gz";

    private Archives() {}

    /** Whether a file of this name should be an archive, even one that cannot be read here. */
    static boolean isArchive(String name) {
        return !withoutEnding(name).equals(name);
    }

    /** The name without {@code ".zip"} or the like. */
    static String withoutEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (List<String> endings : List.of(TAR_GZIP, ZIP, TAR, UNKNOWN)) {
            for (String ending : endings) {
                if (lower.endsWith(ending) && lower.length() > ending.length()) {
                    return name.substring(0, name.length() - ending.length());
                }
            }
        }
        return name;
    }

    /** Opens the archive in a file. */
    static FileTree open(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (isOf(ZIP, name)) {
            return zip(name, FileChannel.open(file));
        }
        return tar(name, Files.newInputStream(file));
    }

    /** Opens the archive called {@code name} in memory. */
    static FileTree open(String name, byte[] content) throws IOException {
        if (isOf(ZIP, name)) {
            return zip(name, new SeekableInMemoryByteChannel(content));
        }
        return tar(name, new ByteArrayInputStream(content));
    }

    private static boolean isOf(List<String> endings, String name) {
        return endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    private static FileTree zip(String name, SeekableByteChannel channel) throws IOException {
        try {
            return new ZipTree(channel);
        } catch (IOException | RuntimeException damaged) {
            channel.close();
            throw notReadable(name, damaged);
        }
    }

    private static FileTree tar(String name, InputStream content) throws IOException {
        try (content) {
            if (isOf(TAR_GZIP, name)) {
                return new TarTree(new GZIPInputStream(content));
            }
            if (isOf(TAR, name)) {
                return new TarTree(content);
            }
        } catch (IOException | RuntimeException damaged) {
            throw notReadable(name, damaged);
        }
        throw new IOException(name + " is of a kind that is not read here: " + WANTED);
    }

    private static IOException notReadable(String name, Exception why) {
        return new IOException(name + " is damaged, or is not the archive that its name says: " + WANTED, why);
    }
}

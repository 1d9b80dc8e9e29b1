package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.io.BaseEncoding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.io.file.PathUtils;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/** The databases of C++ LevelDB among the test resources, what is in them, and LevelDB itself. */
final class LevelDbDatabases {
    private LevelDbDatabases() {}

    /** Puts the files of a database, which are in a directory or in a zip file, into {@code home}. */
    static void copy(String name, Path home) throws IOException {
        URL directory = LevelDbDatabases.class.getResource("/leveldb/" + name);
        if (directory != null) {
            try {
                PathUtils.copyDirectory(Path.of(directory.toURI()), home);
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
            return;
        }
        try (ZipInputStream zip = new ZipInputStream(resource(name + ".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, home.resolve(entry.getName()));
            }
        }
    }

    /** What LevelDB's own iterator has found: {@code hex(key) TAB hex(value)} in each line. */
    static TreeMap<Slice, Slice> expected(String name) throws IOException {
        TreeMap<Slice, Slice> entries = new TreeMap<>();
        BaseEncoding hex = BaseEncoding.base16().lowerCase();
        try (InputStream in = resource(name + ".expected.gz");
                BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                entries.put(
                        Slice.wrap(hex.decode(line.substring(0, tab))),
                        Slice.wrap(hex.decode(line.substring(tab + 1))));
            }
        }
        return entries;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(LevelDbDatabases.class.getResourceAsStream("/leveldb/" + name), name);
    }

    /** All that a walk through a store finds. */
    static TreeMap<Slice, Slice> forward(LsmStore store) {
        TreeMap<Slice, Slice> found = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
        }
        return found;
    }

    /** All that a walk back through a store finds. */
    static TreeMap<Slice, Slice> backward(LsmStore store) {
        TreeMap<Slice, Slice> found = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                found.put(cursor.key(), cursor.value());
            }
        }
        return found;
    }

    /** Skips the test where there is no native LevelDB. */
    static void assumeNativeLevelDb() {
        assumeTrue(isNativeLevelDbHere(), "there is no native LevelDB for this platform");
    }

    static boolean isNativeLevelDbHere() {
        try {
            return !JniDBFactory.VERSION.isEmpty();
        } catch (LinkageError e) {
            return false;
        }
    }

    /** What LevelDB finds in {@code home}; skips the test where there is none. */
    static TreeMap<Slice, Slice> readByLevelDb(Path home) throws IOException {
        assumeNativeLevelDb();
        useLegacyNames(home);
        Options options = new Options().createIfMissing(false).compressionType(CompressionType.NONE);
        try (DB db = JniDBFactory.factory.open(home.toFile(), options)) {
            return contentOf(db);
        }
    }

    /** All that LevelDB's iterator finds. */
    static TreeMap<Slice, Slice> contentOf(DB db) throws IOException {
        TreeMap<Slice, Slice> found = new TreeMap<>();
        try (DBIterator entries = db.iterator()) {
            for (entries.seekToFirst(); entries.hasNext(); ) {
                Map.Entry<byte[], byte[]> entry = entries.next();
                found.put(Slice.wrap(entry.getKey()), Slice.wrap(entry.getValue()));
            }
        }
        return found;
    }

    /** The native LevelDB is one of those that call their tables .sst; what is in them is the same. */
    static void useLegacyNames(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".ldb")) {
                    Files.move(file, home.resolve(name.replace(".ldb", ".sst")));
                }
            }
        }
    }
}

package storagelab.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.course.ExercisePart;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.file.StoreLock;

/**
 * An object store in a directory, on a disk of its own or on another machine. Each object is a file: {@code object-} and the name, with
 * every character but lower-case letters, digits, hyphens and underscores escaped.
 *
 * <p>A put writes {@code temporary-} and a number, syncs it, renames it, and syncs the directory. So a file with the name of an object
 * is whole at every moment. What a crash leaves of temporary files is deleted by the next open.
 *
 * <p>The directory is unreachable if it is not there, as one is that was not mounted.
 *
 * <p>Cost: a put is two syncs; a list looks at every name in the directory.
 *
 * <p>Concurrency: safe for many threads. One open store that writes for a directory, or any number that read, which a lock ensures.
 */
public final class DirectoryObjectStore implements ObjectStore {
    private static final String OBJECT = "object-";
    private static final String TEMPORARY = "temporary-";

    private final Path directory;
    private final StoreLock lock;
    private final StatsRecorder stats = new StatsRecorder();
    private final AtomicLong temporaries = new AtomicLong();

    private DirectoryObjectStore(Path directory, StoreLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens the store in {@code directory}, which is created if it does not exist.
     *
     * @throws StorageIoException if the file system refuses, or the store is open
     */
    public static DirectoryObjectStore open(Path directory) {
        Directories.create(directory, new StatsRecorder());
        StoreLock lock = StoreLock.acquire(directory);
        try {
            DirectoryObjectStore store = new DirectoryObjectStore(directory, lock);
            for (String name : store.filesWith(TEMPORARY)) {
                StoreFile.delete(directory.resolve(TEMPORARY + name));
            }
            return store;
        } catch (RuntimeException | Error e) {
            try (lock) {
                throw e;
            }
        }
    }

    /**
     * Opens the store in {@code directory} for reading, next to others that read. Nothing is written.
     *
     * @throws StorageIoException if the file system refuses, or the store is open for writing
     */
    public static DirectoryObjectStore openReadOnly(Path directory) {
        return new DirectoryObjectStore(directory, StoreLock.acquireShared(directory));
    }

    /**
     * {@inheritDoc} Nothing with the name of the object may ever have a part of it: a temporary file of a new name ({@link #temporaries}) is written and synced, then it is renamed to the name of the object, in one step
     * ({@link StandardCopyOption#ATOMIC_MOVE}), and then the directory is {@linkplain Directories#sync synced}: only then does the new name survive a power cut.
     *
     * @throws StorageIoException if the file system refuses. Its cause is a {@link StoreUnreachableException} if there is no such directory ({@link #failed})
     */
    @Override
    @ExercisePart("7.8")
    public void put(String name, Slice content) {
        Path file = file(name);
        Path temporary = directory.resolve(TEMPORARY + temporaries.getAndIncrement());
        try {
            try (StoreFile created = StoreFile.create(temporary, stats)) {
                created.append(content);
                created.sync();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(directory, stats);
        } catch (IOException e) {
            throw failed("renaming " + temporary, e);
        } catch (StorageIoException e) {
            throw failed("writing the object " + name, e);
        }
    }

    @Override
    public Optional<Slice> get(String name) {
        return read(name, file -> Slice.wrap(file.read(0, Math.toIntExact(file.sizeBytes()))));
    }

    @Override
    public Optional<Slice> get(String name, long offset, int length) {
        ObjectNames.checkPart(offset, length);
        return read(name, file -> {
            int there = (int) Math.max(0, Math.min(length, file.sizeBytes() - offset));
            return there == 0 ? Slice.EMPTY : Slice.wrap(file.read(offset, there));
        });
    }

    private Optional<Slice> read(String name, Function<StoreFile, Slice> reading) {
        try (StoreFile file = StoreFile.openForReading(file(name), stats)) {
            return Optional.of(reading.apply(file));
        } catch (StorageIoException e) {
            if (e.getCause() instanceof NoSuchFileException && Files.isDirectory(directory)) {
                return Optional.empty();
            }
            throw failed("reading the object " + name, e);
        }
    }

    @Override
    public OptionalLong sizeBytes(String name) {
        try {
            return OptionalLong.of(Files.size(file(name)));
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(directory)) {
                return OptionalLong.empty();
            }
            throw failed("looking for the object " + name, e);
        } catch (IOException e) {
            throw failed("looking for the object " + name, e);
        }
    }

    @Override
    public ObjectPage list(String prefix, String after, int countMax) {
        ObjectNames.checkCount(countMax);
        List<String> names = filesWith(OBJECT).stream()
                .filter(ObjectNames::isEscaped)
                .map(ObjectNames::unescape)
                .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                .sorted()
                .toList();
        List<ObjectInfo> objects = new ArrayList<>();
        for (String name : names.subList(0, Math.min(countMax, names.size()))) {
            sizeBytes(name).ifPresent(size -> objects.add(new ObjectInfo(name, size))); // deleted meanwhile: not there
        }
        return new ObjectPage(objects, names.size() > countMax);
    }

    @Override
    public void delete(String name) {
        Path file = file(name);
        try {
            if (Files.deleteIfExists(file)) {
                Directories.sync(directory, stats);
            } else if (!Files.isDirectory(directory)) {
                throw new NoSuchFileException(directory.toString());
            }
        } catch (IOException e) {
            throw failed("deleting the object " + name, e);
        } catch (StorageIoException e) {
            throw failed("deleting the object " + name, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    private Path file(String name) {
        return directory.resolve(OBJECT + ObjectNames.escape(ObjectNames.check(name)));
    }

    /** The names of files that begin with {@code kind}, without it. */
    private List<String> filesWith(String kind) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(kind)) {
                    names.add(name.substring(kind.length()));
                }
            }
        } catch (IOException e) {
            throw failed("listing objects", e);
        }
        return names;
    }

    /** A directory that is not there is one that does not answer. */
    private StorageException failed(String doing, StorageIoException failure) {
        return Files.isDirectory(directory) ? failure : unreachable(doing, failure);
    }

    private StorageException failed(String doing, IOException failure) {
        return Files.isDirectory(directory)
                ? new StorageIoException(doing + " in " + directory, failure)
                : unreachable(doing, failure);
    }

    private StorageException unreachable(String doing, Exception failure) {
        IOException noDirectory = new IOException("there is no such directory", failure);
        return new StorageIoException(doing, new StoreUnreachableException(directory.toString(), noDirectory));
    }
}

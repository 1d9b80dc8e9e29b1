package storagelab.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The names that a directory had when the stream was opened, ascending. */
final class CrashDirectoryStream implements DirectoryStream<Path> {
    private final Path directory;
    private final List<String> names;
    private final Filter<? super Path> filter;
    private boolean isIterated;
    private volatile boolean isClosed;

    CrashDirectoryStream(Path directory, List<String> names, Filter<? super Path> filter) {
        this.directory = directory;
        this.names = names;
        this.filter = filter;
    }

    @Override
    public Iterator<Path> iterator() {
        if (isClosed) {
            throw new IllegalStateException("Directory stream is closed");
        }
        if (isIterated) {
            throw new IllegalStateException("Iterator already obtained");
        }
        isIterated = true;
        return new Entries();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private final class Entries implements Iterator<Path> {
        private final Iterator<String> rest = names.iterator();
        private @Nullable Path next;

        @Override
        public boolean hasNext() {
            while (next == null && !isClosed && rest.hasNext()) {
                Path candidate = directory.resolve(rest.next());
                try {
                    next = filter.accept(candidate) ? candidate : null;
                } catch (IOException e) {
                    throw new DirectoryIteratorException(e);
                }
            }
            return next != null;
        }

        @Override
        public Path next() {
            Path result = hasNext() ? next : null;
            if (result == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return result;
        }
    }
}

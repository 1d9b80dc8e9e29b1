package storagelab.testkit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import storagelab.api.SnapshotStore;

/**
 * A kind of store with snapshots, some of which a crash trial holds while the power is cut.
 *
 * @param <S> the store
 * @param opener opens the store in a directory
 * @param verifier proves that an open store is as it should be
 */
public record SnapshotSubject<S extends SnapshotStore>(Function<Path, S> opener, Consumer<S> verifier)
        implements CrashTrial.Subject<S> {
    @Override
    public S open(Path directory) {
        return opener.apply(directory);
    }

    @Override
    public void verify(S store, Path directory) {
        verifier.accept(store);
    }

    @Override
    public Optional<CrashTrial.Moment> hold(S store) {
        return Optional.of(new HeldSnapshot(store.snapshot()));
    }
}

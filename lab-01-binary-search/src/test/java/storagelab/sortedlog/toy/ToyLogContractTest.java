package storagelab.sortedlog.toy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import storagelab.api.KeyValueStore;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;

/** The toy, too, keeps what one thread is promised that does not lose power. */
@Tag("1.2")
class ToyLogContractTest extends KeyValueStoreContract implements DurableStoreContract {
    @Override
    public KeyValueStore open(Path directory) {
        return new ToyLogStore(directory.resolve("toy.log"));
    }
}

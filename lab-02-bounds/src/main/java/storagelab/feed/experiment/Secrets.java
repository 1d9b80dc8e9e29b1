package storagelab.feed.experiment;

import storagelab.api.Slice;
import storagelab.feed.TokenKeys;

/** A ring of secrets for experiments, where there is nothing to protect. */
final class Secrets {
    private Secrets() {}

    /** A ring of one secret of zeros. */
    static TokenKeys ring() {
        return TokenKeys.of(0, Slice.wrap(new byte[TokenKeys.SECRET_BYTES_MIN]));
    }
}

package storagelab.grader.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * What the parent asks of a child JVM, over its standard input.
 *
 * @param key of the signatures; wiped after use
 * @param seed of random tests, becomes the system property {@code seed}
 * @param selection which tests to run
 * @param limits of time
 */
record WorkerRequest(byte[] key, long seed, TestSelection selection, TimeLimits limits) {
    private static final int MAGIC = 0x53_4C_41_42;

    /** A request with a fresh key. */
    static WorkerRequest of(TestSelection selection, long seed, TimeLimits limits) {
        byte[] key = new byte[EventSigner.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new WorkerRequest(key, seed, selection, limits);
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.write(key);
        out.writeLong(seed);
        out.writeDouble(limits.scale());
        selection.writeTo(out);
        out.flush();
    }

    static WorkerRequest readFrom(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a request for a test worker");
        }
        byte[] key = new byte[EventSigner.KEY_BYTES];
        in.readFully(key);
        long seed = in.readLong();
        TimeLimits limits = new TimeLimits(in.readDouble());
        return new WorkerRequest(key, seed, TestSelection.readFrom(in), limits);
    }
}

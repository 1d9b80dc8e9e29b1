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
 * @param timeoutScale factor on every limit
 * @param lifetimeMillis after which the child ends itself, should the parent be gone
 */
record WorkerRequest(byte[] key, long seed, TestSelection selection, double timeoutScale, long lifetimeMillis) {
    private static final int MAGIC = 0x53_4C_41_42;

    /** A request with a fresh key. */
    static WorkerRequest of(TestSelection selection, long seed, double timeoutScale, long lifetimeMillis) {
        byte[] key = new byte[EventSigner.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new WorkerRequest(key, seed, selection, timeoutScale, lifetimeMillis);
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.write(key);
        out.writeLong(seed);
        out.writeDouble(timeoutScale);
        out.writeLong(lifetimeMillis);
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
        double timeoutScale = in.readDouble();
        long lifetimeMillis = in.readLong();
        return new WorkerRequest(key, seed, TestSelection.readFrom(in), timeoutScale, lifetimeMillis);
    }
}

package storagelab.grader.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * What a server knows of one client: its protocol, its name, its transaction.
 *
 * <p>Concurrency: one thread at a time, the one that executes commands.
 */
final class Session {
    private final long id;
    private final String address;
    private final long createdAtMillis;
    private boolean isAuthenticated;
    private int wrongPasswords;
    private boolean isResp3;
    private boolean isEnding;
    private String name = "";
    private String library = "";
    private String libraryVersion = "";
    private @Nullable QueuedCommands queued; // since MULTI
    private boolean isExecuting;
    private final Map<Slice, Long> watched = new HashMap<>(); // with their expiry
    private long watchedBytes;
    private boolean isWatchBroken;
    private @Nullable SlowRead slowRead;
    private long requestAtMillis;

    /** Commands between MULTI and EXEC. */
    static final class QueuedCommands {
        private final List<Request> requests = new ArrayList<>();
        private long bytes;
        private boolean isBroken;

        void add(Request request) {
            requests.add(request);
            bytes += request.memoryBytes();
        }

        /** A command could not be queued: EXEC will refuse them all. */
        void breakOff() {
            isBroken = true;
        }

        List<Request> requests() {
            return requests;
        }

        long bytes() {
            return bytes;
        }

        boolean isBroken() {
            return isBroken;
        }
    }

    Session(long id, String address, long createdAtMillis, boolean isAuthenticated) {
        this.id = id;
        this.address = address;
        this.createdAtMillis = createdAtMillis;
        this.requestAtMillis = createdAtMillis;
        this.isAuthenticated = isAuthenticated;
    }

    long id() {
        return id;
    }

    String address() {
        return address;
    }

    long createdAtMillis() {
        return createdAtMillis;
    }

    boolean isAuthenticated() {
        return isAuthenticated;
    }

    void setAuthenticated(boolean authenticated) {
        isAuthenticated = authenticated;
    }

    /** Counts a wrong password; returns how many there were. */
    int countWrongPassword() {
        return ++wrongPasswords;
    }

    boolean isResp3() {
        return isResp3;
    }

    void setResp3(boolean resp3) {
        isResp3 = resp3;
    }

    /** Whether the connection is to be closed after what was replied so far. */
    boolean isEnding() {
        return isEnding;
    }

    void end() {
        isEnding = true;
    }

    String name() {
        return name;
    }

    void setName(String newName) {
        name = newName;
    }

    void setLibrary(String newLibrary) {
        library = newLibrary;
    }

    void setLibraryVersion(String version) {
        libraryVersion = version;
    }

    /** Commands since MULTI; null outside of a transaction. */
    @Nullable
    QueuedCommands queued() {
        return queued;
    }

    void setQueued(@Nullable QueuedCommands commands) {
        queued = commands;
    }

    /** Whether the commands of an EXEC are being executed. */
    boolean isExecuting() {
        return isExecuting;
    }

    void setExecuting(boolean executing) {
        isExecuting = executing;
    }

    /** The watched keys, each with the time at which it expired when WATCH was called. */
    Map<Slice, Long> watched() {
        return watched;
    }

    void watch(Slice key, long expiresAtMillis) {
        if (watched.putIfAbsent(key, expiresAtMillis) == null) {
            watchedBytes += key.length() + 2L * Request.ARGUMENT_OVERHEAD_BYTES;
        }
    }

    /** A watched key has changed. */
    void breakWatch() {
        isWatchBroken = true;
    }

    boolean isWatchBroken() {
        return isWatchBroken;
    }

    void unwatch() {
        watched.clear();
        watchedBytes = 0;
        isWatchBroken = false;
    }

    /** A read that goes on in another thread, for whose reply the connection waits. */
    @Nullable
    SlowRead slowRead() {
        return slowRead;
    }

    void setSlowRead(@Nullable SlowRead read) {
        slowRead = read;
    }

    void setRequestAtMillis(long millis) {
        requestAtMillis = millis;
    }

    /** When the last request came, or the connection was opened. */
    long requestAtMillis() {
        return requestAtMillis;
    }

    /** What the transaction of the client takes in memory. */
    long memoryBytes() {
        return watchedBytes + (queued == null ? 0 : queued.bytes());
    }

    /** A line for CLIENT LIST. */
    String describe(long nowMillis) {
        return "id=%d addr=%s name=%s age=%d idle=%d flags=N db=0 sub=0 psub=0 multi=%d watch=%d tot-mem=%d user=default resp=%d lib-name=%s lib-ver=%s"
                .formatted(
                        id,
                        address,
                        name,
                        (nowMillis - createdAtMillis) / 1000,
                        (nowMillis - requestAtMillis) / 1000,
                        queued == null ? -1 : queued.requests().size(),
                        watched.size(),
                        memoryBytes(),
                        isResp3 ? 3 : 2,
                        library,
                        libraryVersion);
    }
}

package storagelab.grader.serve;

import java.time.Duration;

/**
 * What clients may take of a server. All bytes are of the Java heap and of the buffers of sockets in this process.
 *
 * @param connections open at the same time; a further one is told so and closed
 * @param requestBytes of one request, and of all commands between MULTI and EXEC
 * @param arguments of one request, and commands between MULTI and EXEC
 * @param replyBytes of one reply; a longer one is replaced by an error
 * @param outputBytes that wait for one client: with more, none of its requests is read until it has taken some
 * @param totalBytes of all requests and replies; with more, the connection that holds most of them is closed
 * @param idle a connection without a request for so long is closed; zero for never
 * @param stall a connection is closed when it leaves a request unfinished, does not take its replies or does not say its
 *     password for so long
 */
public record ServeLimits(
        int connections,
        int requestBytes,
        int arguments,
        int replyBytes,
        int outputBytes,
        long totalBytes,
        Duration idle,
        Duration stall) {
    private static final int MIB = 1 << 20;
    private static final int CONNECTIONS = 1_000;
    private static final int ARGUMENTS = 100_000;
    private static final int REQUEST_MIB = 16;
    private static final int REPLY_MIB = 64;
    private static final long TOTAL_BYTES_MAX = 1L << 30;
    private static final int PART_OF_HEAP = 4;

    /** Checks the numbers. */
    public ServeLimits {
        if (connections < 1
                || requestBytes < 1
                || arguments < 1
                || replyBytes < 1
                || outputBytes < 1
                || totalBytes < 1) {
            throw new IllegalArgumentException("a limit below 1: " + connections + " connections, " + requestBytes
                    + " bytes a request, " + arguments + " arguments, " + replyBytes + " bytes a reply, " + outputBytes
                    + " bytes of output, " + totalBytes + " bytes in total");
        }
        if (idle.isNegative() || stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("an idle time of " + idle + " and a stall of " + stall);
        }
    }

    /**
     * 1,000 connections; requests of 16 MiB and 100,000 arguments; replies of 64 MiB; 1 MiB of output; a quarter of the heap, at
     * most 1 GiB, in total; ten idle minutes; half a minute of stall.
     */
    public static ServeLimits defaults() {
        long quarter = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        return new ServeLimits(
                CONNECTIONS,
                REQUEST_MIB * MIB,
                ARGUMENTS,
                REPLY_MIB * MIB,
                MIB,
                Math.min(quarter, TOTAL_BYTES_MAX),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30));
    }

    /** With another number of connections. */
    public ServeLimits withConnections(int count) {
        return new ServeLimits(count, requestBytes, arguments, replyBytes, outputBytes, totalBytes, idle, stall);
    }

    /** With other limits of a request. */
    public ServeLimits withRequest(int bytes, int argumentsMax) {
        return new ServeLimits(connections, bytes, argumentsMax, replyBytes, outputBytes, totalBytes, idle, stall);
    }

    /** With other limits of replies: of one, and of all that wait for a client. */
    public ServeLimits withReply(int bytes, int waitingBytes) {
        return new ServeLimits(connections, requestBytes, arguments, bytes, waitingBytes, totalBytes, idle, stall);
    }

    /** With another limit for all connections together. */
    public ServeLimits withTotalBytes(long bytes) {
        return new ServeLimits(connections, requestBytes, arguments, replyBytes, outputBytes, bytes, idle, stall);
    }

    /** With other times. */
    public ServeLimits withTimes(Duration idleMax, Duration stallMax) {
        return new ServeLimits(
                connections, requestBytes, arguments, replyBytes, outputBytes, totalBytes, idleMax, stallMax);
    }
}

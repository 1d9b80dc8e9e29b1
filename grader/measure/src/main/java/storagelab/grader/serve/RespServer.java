package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.ExpiringStore;
import storagelab.kv.UpdatableStore;

/**
 * Serves an {@link ExpiringStore}, a {@link CrashSafeStore} or a {@link HybridStore}, over the Redis protocol, RESP2 and RESP3.
 *
 * <p>One thread, the event loop, reads the sockets, executes the requests one after the other, and writes the replies. A turn of the
 * loop executes all requests that have arrived; then their writes are committed together, and their replies are sent. No reply is
 * sent before the writes are committed that it tells about, one's own or those of others.
 *
 * <p>While a server runs, nothing else may write to its store: a watched key would change unnoticed.
 *
 * <p>What clients may take is bounded by {@link ServeLimits}.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class RespServer implements AutoCloseable {
    private static final int READ_BYTES_MAX = 64 << 10;
    private static final int READ_BYTES_MIN = 512;
    private static final int READ_BYTES_FIRST = 4 << 10;
    private static final int BACKLOG = 511;
    private static final int SLOW_READS_MAX = 64;
    private static final long SWEEP_MILLIS = 100;
    private static final long TIMES_MILLIS = 500;
    private static final long CLOSE_SECONDS = 5;
    private static final String TOO_MANY = "-ERR max number of clients reached\r\n";

    private final UpdatableStore store;
    private final ServeOptions options;
    private final Consumer<Throwable> problems;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Keyspace keyspace;
    private final CommandLoop commands;
    private final BatchCommitter committer;
    private final ExpirySweep sweep;
    private final ThreadPoolExecutor slowReads;
    private final byte[] scratch = new byte[READ_BYTES_MAX];
    private final Set<ClientHandler> clients = new LinkedHashSet<>();
    private List<ClientHandler> dirty = new ArrayList<>();
    private boolean isTurnScheduled;
    private long lastId;
    private long totalBytes;
    private final Channel listener;
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RespServer(Served served, ServeOptions options, Consumer<Throwable> problems) throws IOException {
        this.store = served.entries();
        this.options = options;
        this.problems = problems;
        this.keyspace = new Keyspace(served, options.clock());
        this.commands = new CommandLoop(keyspace, options.limits(), problems);
        this.sweep = new ExpirySweep(store, keyspace);
        this.slowReads = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(SLOW_READS_MAX), threads("serve-reads"));
        this.group = new MultiThreadIoEventLoopGroup(1, threads("serve-loop"), NioIoHandler.newFactory());
        this.loop = group.next();
        this.committer = new BatchCommitter(store, keyspace, options.durability(), loop, new Commits());
        addCommands();
        try {
            this.listener = listen();
        } catch (IOException | RuntimeException e) {
            stopThreads();
            throw e;
        }
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        loop.scheduleWithFixedDelay(this::checkTimes, TIMES_MILLIS, TIMES_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Serves {@code store}, which the caller closes after the server. Its values may expire.
     *
     * @param problems is told what goes wrong that no client can be told: mistakes of this program, and that the store has failed
     * @throws IOException if the address cannot be listened on
     */
    public static RespServer start(ExpiringStore store, ServeOptions options, Consumer<Throwable> problems)
            throws IOException {
        CrashSafeStore stored = store.stored();
        return new RespServer(new Served(stored, stored.engine(), ValueCodec.EXPIRING), options, problems);
    }

    /** As {@link #start(ExpiringStore, ServeOptions, Consumer)}; commands that let a value expire are refused. */
    public static RespServer start(CrashSafeStore store, ServeOptions options, Consumer<Throwable> problems)
            throws IOException {
        return new RespServer(new Served(store, store.engine(), ValueCodec.PLAIN), options, problems);
    }

    /** As {@link #start(CrashSafeStore, ServeOptions, Consumer)}. */
    public static RespServer start(HybridStore store, ServeOptions options, Consumer<Throwable> problems)
            throws IOException {
        return new RespServer(new Served(store, store.engine(), ValueCodec.PLAIN), options, problems);
    }

    private static ThreadFactory threads(String name) {
        return new ThreadFactoryBuilder().setDaemon(true).setNameFormat(name).build();
    }

    private void addCommands() {
        CommandTable table = commands.table();
        TransactionCommands transactions = new TransactionCommands(keyspace, options.limits(), commands);
        new StringCommands(keyspace, options.limits()).addTo(table);
        new KeyCommands(keyspace).addTo(table);
        new ScanCommands(keyspace, options.limits(), committer::commitAll).addTo(table);
        transactions.addTo(table);
        new ConnectionCommands(keyspace, options.password(), transactions, this::sessions).addTo(table);
        new ServerCommands(
                        options,
                        table,
                        new ServerCommands.Counters(clients::size, () -> lastId, commands::executed, () -> totalBytes))
                .addTo(table, this::metrics);
    }

    private Channel listen() throws IOException {
        InetSocketAddress address = new InetSocketAddress(options.address(), options.port());
        int output = options.limits().outputBytes();
        RecvByteBufAllocator reads = new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX)
                .maxMessagesPerRead(1); // every client gets its turn
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(output / 2, output))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    private void accept(SocketChannel channel) {
        if (isClosing.get() || clients.size() >= options.limits().connections()) {
            channel.config().setAutoRead(false);
            channel.writeAndFlush(Unpooled.copiedBuffer(TOO_MANY, US_ASCII)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        lastId++;
        InetSocketAddress remote = channel.remoteAddress();
        String address = remote == null ? "" : remote.getHostString() + ":" + remote.getPort();
        Session session = new Session(lastId, address, nowMillis(), options.password() == null);
        ClientHandler client = new ClientHandler(this, channel, session);
        clients.add(client);
        channel.pipeline().addLast(client);
    }

    /** The address that clients connect to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Returns when the server is closed. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    // What follows is called in the thread of the event loop.

    ServeOptions options() {
        return options;
    }

    byte[] scratch() {
        return scratch;
    }

    long nowMillis() {
        return options.clock().millis();
    }

    boolean isFull() {
        return committer.isFull();
    }

    void execute(Session session, Request request, ReplyWriter reply) {
        commands.execute(session, request, reply);
    }

    void afterCommand() {
        committer.afterCommand();
    }

    long dependsOn() {
        return keyspace.dependsOn();
    }

    long committed() {
        return committer.committed();
    }

    long firstFailed() {
        return committer.firstFailed();
    }

    void report(Throwable problem) {
        problems.accept(problem);
    }

    void later(Runnable task) {
        loop.execute(task);
    }

    /** Has {@code client} flushed at the end of the turn. */
    void touch(ClientHandler client) {
        if (client.markDirty()) {
            dirty.add(client);
        }
        scheduleTurn();
    }

    private void scheduleTurn() {
        if (!isTurnScheduled) {
            isTurnScheduled = true;
            loop.execute(this::endTurn);
        }
    }

    /** Runs after all sockets were read that had something. */
    private void endTurn() {
        isTurnScheduled = false;
        committer.afterTurn();
        List<ClientHandler> touched = dirty;
        dirty = new ArrayList<>();
        touched.forEach(ClientHandler::flush);
    }

    /** Has a slow read done by its thread, and the client told. */
    void read(ClientHandler client, SlowRead slow) {
        long dependsOn = keyspace.dependsOn();
        try {
            slowReads.execute(() -> {
                Consumer<ReplyWriter> result;
                try {
                    result = slow.read();
                } catch (RuntimeException e) {
                    String error = e instanceof CommandException refusal ? refusal.error() : "ERR " + e.getMessage();
                    result = reply -> reply.error(error);
                } finally {
                    slow.release();
                }
                Consumer<ReplyWriter> outcome = result;
                loop.execute(() -> client.finish(slow, dependsOn, outcome));
            });
        } catch (RejectedExecutionException e) {
            slow.release();
            loop.execute(() -> client.finish(
                    slow,
                    dependsOn,
                    reply -> reply.error("ERR " + SLOW_READS_MAX + " slow reads wait already; try again later")));
        }
    }

    /** A client takes {@code change} bytes more. While all together are above the limit, the client that takes most is dropped. */
    void account(long change) {
        totalBytes += change;
        while (change > 0 && totalBytes > options.limits().totalBytes()) {
            Collections.max(clients, Comparator.comparingLong(ClientHandler::accountedBytes))
                    .drop();
        }
    }

    /** The connection of a client is closed; it had {@code bytes}. */
    void closed(ClientHandler client, long bytes) {
        totalBytes -= bytes;
        keyspace.watches().forget(client.session());
        client.session().unwatch();
        clients.remove(client);
    }

    private void checkTimes() {
        long now = nowMillis();
        List.copyOf(clients).forEach(client -> client.checkTimes(now));
    }

    private void sweep() {
        if (commands.hasFailed() || committer.isFull()) {
            return;
        }
        try {
            sweep.step();
            scheduleTurn();
        } catch (RuntimeException e) {
            problems.accept(e);
        }
    }

    private Collection<Session> sessions() {
        return clients.stream().map(ClientHandler::session).toList();
    }

    private Map<String, Long> metrics() {
        Map<String, Long> metrics = new TreeMap<>();
        store.stats().metrics().forEach((metric, value) -> metrics.put(metric.name(), value));
        return metrics;
    }

    private final class Commits implements BatchCommitter.Listener {
        @Override
        public void ended() {
            List.copyOf(clients).forEach(ClientHandler::flush);
        }

        @Override
        public void failed(Throwable cause) {
            if (!commands.hasFailed()) {
                commands.fail();
                problems.accept(cause);
            }
        }
    }

    /**
     * Takes no more requests, commits what was executed, sends the replies, and closes all connections; those that do not take their
     * replies, after a few seconds. Closing twice does nothing.
     */
    @Override
    public void close() {
        if (!isClosing.compareAndSet(false, true)) {
            try {
                awaitClosed();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        try {
            listener.close().awaitUninterruptibly();
            loop.submit(() -> {
                        committer.commitAll();
                        List.copyOf(clients).forEach(client -> {
                            client.cancelSlowRead();
                            client.end();
                        });
                    })
                    .awaitUninterruptibly();
            awaitNoClients();
        } finally {
            stopThreads();
            closed.countDown();
        }
    }

    private void awaitNoClients() {
        List<ChannelFuture> open = new ArrayList<>();
        loop.submit(() -> clients.forEach(client -> open.add(client.channel().closeFuture())))
                .awaitUninterruptibly();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (ChannelFuture one : open) {
            one.awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void stopThreads() {
        slowReads.shutdownNow();
        committer.stop();
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        try {
            if (!slowReads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                problems.accept(new IllegalStateException("a slow read goes on"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

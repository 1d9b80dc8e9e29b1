package storagelab.grader.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The connection of one client: takes its bytes apart, has its requests executed in their order, and sends the replies.
 *
 * <p>It executes nothing, and reads nothing, while too many replies wait for the client or a slow read of it goes on.
 *
 * <p>Concurrency: one thread at a time, that of the event loop.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final RespServer server;
    private final Channel channel;
    private final Session session;
    private final RequestDecoder decoder;
    private final ReplyWriter writer;
    private final ReplyQueue replies;
    private boolean isDirty; // the server will call flush at the end of the turn
    private boolean isBlocked; // a request may be complete that must not be executed yet
    private boolean hasInputEnded;
    private long accountedBytes;
    private long partSinceMillis; // when the request began that is not complete; 0 for none
    private long outputSinceMillis; // when the client last took something; 0 if nothing waits for it
    private long outputPending; // then
    private long outputProgress;

    ClientHandler(RespServer server, Channel channel, Session session) {
        this.server = server;
        this.channel = channel;
        this.session = session;
        ServeLimits limits = server.options().limits();
        this.decoder = new RequestDecoder(limits, session.isAuthenticated());
        this.writer = new ReplyWriter(limits.replyBytes());
        this.replies = new ReplyQueue(channel.alloc());
    }

    Session session() {
        return session;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf piece = (ByteBuf) message;
        try {
            if (session.isEnding()) {
                return;
            }
            session.setRequestAtMillis(server.nowMillis());
            decoder.feed(piece, server.scratch());
            executeAll();
        } finally {
            piece.release();
            decoder.release();
            account();
        }
    }

    /** Executes the requests that have arrived, as far as that is allowed now. */
    private void executeAll() {
        while (mayExecute()) {
            Request request;
            try {
                request = decoder.next();
            } catch (ProtocolException e) {
                fail("ERR Protocol error: " + e.error());
                return;
            }
            if (request == null) {
                isBlocked = false;
                partSinceMillis = !decoder.hasPart() ? 0 : partSinceMillis == 0 ? server.nowMillis() : partSinceMillis;
                break;
            }
            partSinceMillis = 0;
            execute(request);
        }
        channel.config().setAutoRead(!isBlocked && !session.isEnding());
        server.touch(this);
    }

    private boolean mayExecute() {
        isBlocked = session.slowRead() != null
                || server.isFull()
                || replies.bytes() > server.options().limits().outputBytes()
                || !channel.isWritable();
        return !isBlocked && !session.isEnding();
    }

    private void execute(Request request) {
        writer.begin(replies.begin(), session.isResp3());
        boolean wasAuthenticated = session.isAuthenticated();
        server.execute(session, request, writer);
        SlowRead slow = session.slowRead();
        if (slow != null) {
            server.read(this, slow);
            return;
        }
        replies.end(server.dependsOn());
        if (!wasAuthenticated && session.isAuthenticated()) {
            decoder.trust();
        }
        server.afterCommand();
    }

    /** A slow read of this client has ended. */
    void finish(SlowRead slow, long dependsOn, Consumer<ReplyWriter> result) {
        if (session.slowRead() != slow) {
            return; // the connection is closed
        }
        session.setSlowRead(null);
        writer.begin(replies.begin(), session.isResp3());
        int position = writer.position();
        try {
            result.accept(writer);
        } catch (CommandException e) {
            writer.rollbackTo(position);
            writer.error(e.error());
        }
        replies.end(dependsOn);
        resume();
    }

    /** Goes on after it was blocked. */
    void resume() {
        if (channel.isActive()) {
            executeAll();
            decoder.release();
            account();
        }
    }

    boolean isBlocked() {
        return isBlocked;
    }

    /** Tells the client what is wrong, and closes the connection. */
    private void fail(String error) {
        writer.begin(replies.begin(), session.isResp3());
        writer.error(error);
        replies.end(0);
        session.end();
        channel.config().setAutoRead(false);
        server.touch(this);
    }

    /** Marks it as one that the server has to flush; false if it was marked. */
    boolean markDirty() {
        boolean wasDirty = isDirty;
        isDirty = true;
        return !wasDirty;
    }

    /** Sends the replies that need not wait any longer. */
    void flush() {
        isDirty = false;
        if (!replies.isEmpty()) {
            replies.release(
                    server.committed(), server.firstFailed(), part -> channel.write(part, channel.voidPromise()));
            channel.flush();
        }
        account();
        boolean ends = session.isEnding() || (hasInputEnded && !isBlocked);
        if (ends && replies.isEmpty()) {
            session.end();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (isBlocked && mayExecute()) {
            server.later(this::resume);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && isBlocked) {
            server.later(this::resume);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            hasInputEnded = true;
            server.touch(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            server.report(cause);
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave();
    }

    /** Closes the connection, and gives back what the client takes before it is told so: until then, other clients may send more. */
    void drop() {
        channel.close();
        leave();
    }

    /** Gives back what the client takes, and tells the server that it is gone. A second time, there is nothing left to give back. */
    private void leave() {
        cancelSlowRead();
        session.setSlowRead(null);
        session.end();
        session.setQueued(null);
        decoder.drop();
        replies.clear();
        server.closed(this, accountedBytes);
        accountedBytes = 0;
    }

    private void account() {
        if (channel.isActive()) {
            long bytes = decoder.memoryBytes() + session.memoryBytes() + replies.bytes() + pendingBytes();
            long change = bytes - accountedBytes;
            accountedBytes = bytes;
            server.account(change);
        }
    }

    /** What the client takes of the memory for all clients. */
    long accountedBytes() {
        return accountedBytes;
    }

    private long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Closes the connection if the client was silent, or kept the server waiting, for too long. */
    void checkTimes(long nowMillis) {
        account(); // the socket may have taken something since
        ServeLimits limits = server.options().limits();
        long stallMillis = limits.stall().toMillis();
        long idleMillis = limits.idle().toMillis();
        observeOutput(nowMillis);
        boolean isIdle = idleMillis > 0
                && session.slowRead() == null
                && replies.isEmpty()
                && nowMillis - session.requestAtMillis() >= idleMillis;
        boolean isStranger = !session.isAuthenticated() && nowMillis - session.createdAtMillis() >= stallMillis;
        boolean isStalled = partSinceMillis > 0 && !isBlocked && nowMillis - partSinceMillis >= stallMillis;
        boolean isDeaf = outputSinceMillis > 0 && nowMillis - outputSinceMillis >= stallMillis;
        if (isIdle || isStranger || isStalled || isDeaf) {
            channel.close();
        }
    }

    private void observeOutput(long nowMillis) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
            outputSinceMillis = 0;
            return;
        }
        long pending = buffer.totalPendingWriteBytes();
        long progress = buffer.currentProgress();
        if (outputSinceMillis == 0 || pending != outputPending || progress != outputProgress) {
            outputSinceMillis = nowMillis;
            outputPending = pending;
            outputProgress = progress;
        }
    }

    /** Executes nothing more, and closes the connection when the replies to what was executed are sent. */
    void end() {
        session.end();
        channel.config().setAutoRead(false);
        server.touch(this);
    }

    /** Gives up a slow read that this client waits for: it gets an error. */
    void cancelSlowRead() {
        SlowRead slow = session.slowRead();
        if (slow != null) {
            slow.cancel();
        }
    }

    Channel channel() {
        return channel;
    }
}

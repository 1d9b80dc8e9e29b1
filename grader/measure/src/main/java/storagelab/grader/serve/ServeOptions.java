package storagelab.grader.serve;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link RespServer} serves.
 *
 * @param address to listen on
 * @param port to listen on, 0 for any free one
 * @param durability of the writes that clients make
 * @param password that clients must give; null for none
 * @param limits of what clients may take
 * @param clock by which values expire
 * @param httpPort of the loopback address, on which a {@link MonitorServer} listens, 0 for any free one; empty for none
 */
public record ServeOptions(
        InetAddress address,
        int port,
        ServeDurability durability,
        @Nullable Password password,
        ServeLimits limits,
        InstantSource clock,
        OptionalInt httpPort) {

    /** Any free port of the loopback address, {@link ServeDurability#INTERVAL}, no password, the limits' defaults, nothing over HTTP. */
    public static ServeOptions defaults() {
        return new ServeOptions(
                InetAddress.getLoopbackAddress(),
                0,
                ServeDurability.INTERVAL,
                null,
                ServeLimits.defaults(),
                InstantSource.system(),
                OptionalInt.empty());
    }

    /** With another address and port. */
    public ServeOptions withAddress(InetAddress other, int otherPort) {
        return new ServeOptions(other, otherPort, durability, password, limits, clock, httpPort);
    }

    /** With another durability. */
    public ServeOptions withDurability(ServeDurability other) {
        return new ServeOptions(address, port, other, password, limits, clock, httpPort);
    }

    /** With a password, or without one. */
    public ServeOptions withPassword(@Nullable Password other) {
        return new ServeOptions(address, port, durability, other, limits, clock, httpPort);
    }

    /** With other limits. */
    public ServeOptions withLimits(ServeLimits other) {
        return new ServeOptions(address, port, durability, password, other, clock, httpPort);
    }

    /** With another clock. */
    public ServeOptions withClock(InstantSource other) {
        return new ServeOptions(address, port, durability, password, limits, other, httpPort);
    }

    /** With a page and metrics over HTTP. */
    public ServeOptions withHttpPort(int other) {
        return new ServeOptions(address, port, durability, password, limits, clock, OptionalInt.of(other));
    }
}

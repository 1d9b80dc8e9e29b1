package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server, byte by byte. Replies are strings (what is simple, a bulk or a text), numbers, lists, maps, null, and
 * {@link Problem} for errors.
 */
final class RespClient implements AutoCloseable {
    /**
     * How long a client of a test waits for a connection or a reply before it gives up. A busy machine is slow and not wrong: only a
     * broken server takes this long.
     */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int PATIENCE_MILLIS = (int) PATIENCE.toMillis();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** An error that the server has replied. */
    record Problem(String message) {}

    RespClient(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.connect(address, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** A connection that takes at most about {@code receiveBytes} before it is read. */
    RespClient(InetSocketAddress address, int receiveBytes) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes);
        socket.connect(address, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static byte[] encode(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + arguments.length + "\r\n").getBytes(UTF_8));
        for (String argument : arguments) {
            byte[] text = argument.getBytes(UTF_8);
            bytes.writeBytes(("$" + text.length + "\r\n").getBytes(UTF_8));
            bytes.writeBytes(text);
            bytes.writeBytes("\r\n".getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** The reply to a request. */
    @Nullable
    Object call(String... arguments) throws IOException {
        send(arguments);
        return read();
    }

    void send(String... arguments) throws IOException {
        sendBytes(encode(arguments));
    }

    void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void sendText(String text) throws IOException {
        sendBytes(text.getBytes(ISO_8859_1));
    }

    /** No more requests will come; replies can still be read. */
    void endInput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next reply. */
    @Nullable
    Object read() throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException("the server has closed the connection");
        }
        String line = line();
        return switch (type) {
            case '+' -> line;
            case '-' -> new Problem(line);
            case ':' -> Long.valueOf(line);
            case '_' -> null;
            case '$', '=' -> bulk(Integer.parseInt(line), type == '=');
            case '*', '~' -> list(Integer.parseInt(line));
            case '%' -> map(Integer.parseInt(line));
            default -> throw new IOException("a reply that begins with " + (char) type);
        };
    }

    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\r'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("the connection ends within a reply");
            }
            bytes.write(one);
        }
        if (in.read() != '\n') {
            throw new IOException("a carriage return without a line feed");
        }
        return bytes.toString(UTF_8);
    }

    private @Nullable String bulk(int length, boolean isText) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("the connection ends within a bulk string");
        }
        String text = new String(bytes, UTF_8);
        return isText ? text.substring("txt:".length()) : text;
    }

    private @Nullable List<@Nullable Object> list(int size) throws IOException {
        if (size < 0) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read());
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int size) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = String.valueOf(read());
            map.put(key, read());
        }
        return map;
    }

    /** Whether the server closes the connection before it sends anything else. Waits for either. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true; // it was reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

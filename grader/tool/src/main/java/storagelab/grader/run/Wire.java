package storagelab.grader.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text and lists in the bytes that parent and child exchange: a fixed 32-bit length, then the content. What is read
 * may come from hostile code, so every length is checked before anything is allocated.
 */
public final class Wire {
    /** The longest text on the wire, in bytes; longer ones are cut by the writer and refused by the reader. */
    public static final int TEXT_BYTES_MAX = 1 << 18;

    private static final int COUNT_MAX = 100_000;

    private Wire() {}

    /** Something that writes itself. */
    public interface Content {
        /** Writes it all. */
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** The bytes that {@code content} writes. */
    public static byte[] encode(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #encode} gave. */
    public static DataInputStream input(byte[] payload) {
        return new DataInputStream(new ByteArrayInputStream(payload));
    }

    /** Writes a text, cut to {@link #TEXT_BYTES_MAX}. */
    public static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, TEXT_BYTES_MAX);
        out.writeInt(length);
        out.write(bytes, 0, length);
    }

    /** Reads a text. */
    public static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > TEXT_BYTES_MAX) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("a text of " + length + " bytes ends after " + bytes.length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes a list of texts. */
    public static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    /** Reads a list of texts. */
    public static List<String> readTexts(DataInputStream in) throws IOException {
        int count = readCount(in);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    /** Reads the length of a list, and refuses what no honest writer sends. */
    public static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > COUNT_MAX) {
            throw new IOException("a list of " + count);
        }
        return count;
    }
}

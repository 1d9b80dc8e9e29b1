package storagelab.cost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;

/**
 * A {@link HardwareProfile} in a file, as text: a line for each number, and a checksum.
 *
 * <p>Format: {@code notes/formats/hardware-profile.md}.
 */
public final class ProfileFile {
    private static final String HEAD = "storagelab hardware profile 1";
    private static final List<String> NAMES = List.of(
            "sync-micros",
            "read-micros-per-byte",
            "write-micros-per-byte",
            "block-read-micros",
            "page-write-micros",
            "level-micros",
            "run-micros",
            "block-micros",
            "write-micros",
            "entry-micros",
            "copy-micros-per-byte",
            "memory-price-per-gib",
            "device-price",
            "device-bytes-written");

    private ProfileFile() {}

    /** Writes {@code profile} into {@code file}, which is replaced if it exists; it is on the disk when this returns. */
    public static void save(Path file, HardwareProfile profile) {
        HardwareProfile.Device device = profile.device();
        HardwareProfile.Processor processor = profile.processor();
        HardwareProfile.Prices prices = profile.prices();
        double[] numbers = {
            device.syncMicros(),
            device.readMicrosPerByte(),
            device.writeMicrosPerByte(),
            device.blockReadMicros(),
            device.pageWriteMicros(),
            processor.levelMicros(),
            processor.runMicros(),
            processor.blockMicros(),
            processor.writeMicros(),
            processor.entryMicros(),
            processor.copyMicrosPerByte(),
            prices.memoryPerGib(),
            prices.device(),
            prices.deviceBytesWritten()
        };
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        for (int i = 0; i < numbers.length; i++) {
            lines.add(NAMES.get(i) + " " + numbers[i]);
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        SealedText.replace(file, temporary, lines, new StatsRecorder());
    }

    /**
     * The profile in {@code file}; nothing if there is no such file.
     *
     * @throws CorruptionException if the file is damaged, or was written by a program that knows another version
     */
    public static Optional<HardwareProfile> load(Path file) {
        return SealedText.read(file, "a hardware profile").map(lines -> parse(file, lines));
    }

    private static HardwareProfile parse(Path file, List<String> lines) {
        if (!lines.get(0).equals(HEAD) || lines.size() != NAMES.size() + 1) {
            throw new CorruptionException(
                    file, 0, HEAD + " and " + NAMES.size() + " numbers", String.join("; ", lines));
        }
        double[] numbers = new double[NAMES.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(file, NAMES.get(i), lines.get(i + 1));
        }
        return new HardwareProfile(
                new HardwareProfile.Device(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]),
                new HardwareProfile.Processor(numbers[5], numbers[6], numbers[7], numbers[8], numbers[9], numbers[10]),
                new HardwareProfile.Prices(numbers[11], numbers[12], numbers[13]));
    }

    private static double number(Path file, String name, String line) {
        if (line.startsWith(name + " ")) {
            try {
                double number = Double.parseDouble(line.substring(name.length() + 1));
                if (number > 0 && number < Double.POSITIVE_INFINITY) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new CorruptionException(file, 0, name + " and a number", "\"" + line + "\": " + e.getMessage());
            }
        }
        throw new CorruptionException(file, 0, name + " and a positive number", "\"" + line + "\"");
    }
}

package storagelab.tier.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import storagelab.disk.SurvivalMode;
import storagelab.tier.MoveReport;

/**
 * What a move of the prices of a {@link MovingShop} costs, measured three times: alone, between requests, and with crashes.
 *
 * @param quiet what the move alone costs
 * @param busy what requests saw
 * @param crashes what they left
 */
record MoveCosts(Quiet quiet, Busy busy, Crashes crashes) {
    private static final int BYTES_A_REQUEST = 64; // a request comes for so many bytes that the migrator moves
    private static final int REQUESTS_AT_LEAST = 20;
    private static final double CHANGES = 0.2; // of the requests
    private static final double OF_PRICES = 0.75;
    private static final int CRASH_MOMENTS = 12;
    private static final List<SurvivalMode> MODES =
            List.of(SurvivalMode.NOTHING, SurvivalMode.EVERYTHING, SurvivalMode.TORN_PREFIX, SurvivalMode.RANDOM);

    /** A move without requests: what it costs. */
    record Quiet(int steps, long rangeBytes, long written, long onBoth, long fileBytesMax, long fileBytesBefore) {
        double writtenPerByte() {
            return (double) written / rangeBytes;
        }
    }

    /** What the requests of another move saw. */
    static final class Busy {
        int gets;
        int stale;
        int changes;
        int held; // changes that had to wait
        long copiedTwice;
    }

    /** What crashes left. */
    static final class Crashes {
        int images;
        int wrongKeys;
        long misplacedMax;
        long copiedAgainMax;
    }

    /** Measures moves of {@code bytes} bytes in steps of {@code step} bytes. */
    static MoveCosts measure(long seed, long bytes, long step) {
        return new MoveCosts(quiet(bytes, step), busy(seed, bytes, step), crash(seed, bytes, step));
    }

    private static Quiet quiet(long bytes, long step) {
        try (MovingShop shop = MovingShop.with(bytes)) {
            long written = shop.bytesWritten();
            long before = fileBytes(shop.directory());
            long[] most = {before};
            MoveReport report = shop.move(step, work -> most[0] = Math.max(most[0], fileBytes(shop.directory())));
            shop.verify();
            return new Quiet(
                    report.steps(),
                    shop.rangeBytes(),
                    shop.bytesWritten() - written,
                    shop.onBothMax(),
                    most[0],
                    before);
        }
    }

    private static long fileBytes(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Busy busy(long seed, long bytes, long step) {
        SplittableRandom random = new SplittableRandom(seed);
        Busy busy = new Busy();
        try (MovingShop shop = MovingShop.with(bytes)) {
            Deque<Boolean> waiting = new ArrayDeque<>(); // changes: of a price?
            shop.move(step, work -> {
                while (!waiting.isEmpty() && !shop.mustWritersWait()) {
                    shop.change(waiting.remove(), random);
                }
                long requests = REQUESTS_AT_LEAST + work / BYTES_A_REQUEST;
                for (int i = 0; i < requests; i++) {
                    boolean isPrice = random.nextDouble() < OF_PRICES;
                    if (random.nextDouble() >= CHANGES) {
                        busy.gets++;
                        busy.stale += shop.get(isPrice, random) ? 0 : 1;
                        continue;
                    }
                    busy.changes++;
                    if (shop.mustWritersWait()) {
                        busy.held++;
                        waiting.add(isPrice);
                    } else {
                        shop.change(isPrice, random);
                    }
                }
            });
            busy.stale += shop.wrongKeys();
            busy.copiedTwice = shop.copied() - shop.rangeBytes();
            shop.verify();
        }
        return busy;
    }

    private static Crashes crash(long seed, long bytes, long step) {
        Crashes crashes = new Crashes();
        long calls = 3 * (bytes / step) + 1;
        long every = 3 * (calls / (3 * CRASH_MOMENTS)) + 1; // so that each kind of call has its turn
        int[] call = {0};
        try (MovingShop shop = MovingShop.with(bytes)) {
            shop.move(step, work -> {
                if (call[0]++ % every == 0) {
                    MODES.forEach(mode -> judge(shop, mode, seed, step, crashes));
                }
            });
        }
        return crashes;
    }

    private static void judge(MovingShop shop, SurvivalMode mode, long seed, long step, Crashes crashes) {
        try (MovingShop after = shop.afterCrash(mode, seed)) {
            crashes.images++;
            crashes.wrongKeys += after.wrongKeys();
            crashes.misplacedMax = Math.max(crashes.misplacedMax, after.misplacedBytes());
            long rest = after.resume(step).map(MoveReport::bytes).orElseThrow();
            crashes.copiedAgainMax = Math.max(crashes.copiedAgainMax, shop.copied() + rest - shop.rangeBytes());
            crashes.wrongKeys += after.wrongKeys();
            after.verify();
        }
    }
}

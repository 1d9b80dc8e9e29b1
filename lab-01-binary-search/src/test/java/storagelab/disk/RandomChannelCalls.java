package storagelab.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import storagelab.disk.SameAsTheRealFileSystemTest.Call;
import storagelab.disk.SameAsTheRealFileSystemTest.NamedCall;

/** Random calls of {@code FileChannel}, with positions around the ends of files and pages. */
final class RandomChannelCalls {
    private RandomChannelCalls() {}

    static NamedCall next(Random random, List<String> paths) {
        int slot = random.nextInt(OpenChannels.SLOTS);
        int otherSlot = random.nextInt(OpenChannels.SLOTS);
        long position = random.nextInt(20) == 0 ? -1 : random.nextInt(random.nextBoolean() ? 100 : 10_000);
        int length = random.nextInt(random.nextBoolean() ? 20 : 6000);
        String arguments = " " + slot + " at " + position + " length " + length;
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> open(random, paths, slot);
            case 3 ->
                named("close" + arguments, (root, channels) -> {
                    channels.get(slot).close();
                    return "";
                });
            case 4 ->
                named("read" + arguments, (root, channels) -> {
                    ByteBuffer buffer = ByteBuffer.allocate(length);
                    return channels.get(slot).read(buffer) + text(buffer);
                });
            case 5 ->
                named("read at" + arguments, (root, channels) -> {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(length);
                    return channels.get(slot).read(buffer, position) + text(buffer);
                });
            case 6 ->
                named("scatter" + arguments, (root, channels) -> {
                    ByteBuffer[] buffers = {ByteBuffer.allocate(7), ByteBuffer.allocate(0), ByteBuffer.allocate(length)
                    };
                    return channels.get(slot).read(buffers) + text(buffers[0]) + text(buffers[2]);
                });
            case 7, 8, 9 -> {
                byte[] bytes = bytes(random, length);
                yield named(
                        "write" + arguments,
                        (root, channels) -> channels.get(slot).write(ByteBuffer.wrap(bytes)));
            }
            case 10 -> {
                byte[] bytes = bytes(random, length);
                yield named(
                        "write at" + arguments,
                        (root, channels) -> channels.get(slot).write(ByteBuffer.wrap(bytes), position));
            }
            case 11 -> {
                ByteBuffer head = ByteBuffer.wrap(bytes(random, 5));
                ByteBuffer tail = ByteBuffer.wrap(bytes(random, length));
                yield named("gather" + arguments, (root, channels) -> {
                    ByteBuffer[] sources = {head.duplicate(), tail.duplicate()};
                    return channels.get(slot).write(sources) + " " + sources[0] + sources[1];
                });
            }
            case 12 ->
                named(
                        "position" + arguments,
                        (root, channels) -> channels.get(slot).position());
            case 13 ->
                named(
                        "position to" + arguments,
                        (root, channels) ->
                                channels.get(slot).position(position).position());
            case 14 ->
                named("size" + arguments, (root, channels) -> channels.get(slot).size());
            case 15 ->
                named(
                        "truncate" + arguments,
                        (root, channels) ->
                                channels.get(slot).truncate(position).position());
            case 16 ->
                named("force" + arguments, (root, channels) -> {
                    channels.get(slot).force(random.nextBoolean());
                    return "";
                });
            case 17 ->
                named(
                        "transferTo " + otherSlot + arguments,
                        (root, channels) -> transfer(
                                channels,
                                slot,
                                otherSlot,
                                (from, to) -> from.transferTo(Math.max(0, position), length, to)));
            case 18 ->
                named(
                        "transferFrom " + otherSlot + arguments,
                        (root, channels) -> transfer(
                                channels,
                                otherSlot,
                                slot,
                                (from, to) ->
                                        to.transferFrom(from, Math.min(Math.max(0, position), to.size()), length)));
            default -> {
                boolean isShared = random.nextBoolean();
                boolean isRelease = random.nextBoolean();
                yield named(
                        "lock" + arguments,
                        (root, channels) -> isRelease
                                ? channels.release(slot)
                                : channels.lock(slot, Math.max(0, position % 30), isShared));
            }
        };
    }

    private static NamedCall open(Random random, List<String> paths, int slot) {
        String path = paths.get(random.nextInt(paths.size()));
        Set<OpenOption> options = new HashSet<>();
        for (StandardOpenOption option : StandardOpenOption.values()) {
            int odds = switch (option) {
                case READ, WRITE, CREATE -> 2;
                case SPARSE -> 100;
                default -> 8;
            };
            if (random.nextInt(odds) == 0) {
                options.add(option);
            }
        }
        return named(
                "open " + slot + " " + path + options,
                (root, channels) -> channels.open(slot, root.resolve(path), options));
    }

    private interface Transfer {
        long run(FileChannel from, FileChannel to) throws IOException;
    }

    /** A transfer within what is defined and alike in all JDKs: two files, and of two objections either may come first. */
    private static Object transfer(OpenChannels channels, int source, int target, Transfer transfer)
            throws IOException {
        if (channels.isSameFile(source, target)) {
            return "same file";
        }
        try {
            return transfer.run(channels.get(source), channels.get(target));
        } catch (NonReadableChannelException | NonWritableChannelException e) {
            return "refused";
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(ByteBuffer buffer) {
        return " " + buffer + " " + buffer.duplicate().flip().hashCode();
    }

    private static NamedCall named(String name, Call call) {
        return new NamedCall(name, call);
    }
}

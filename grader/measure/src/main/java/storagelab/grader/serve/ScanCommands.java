package storagelab.grader.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.grader.serve.Command.Keys;
import storagelab.grader.serve.Command.Trait;

/**
 * Commands that walk over keys, in the order of their bytes. Those that walk over any number of them go on in a thread of their
 * own, and between MULTI and EXEC over {@value #ENTRIES_IN_EXEC_MAX} at most.
 */
final class ScanCommands {
    private static final int COUNT = 10;
    private static final int COUNT_MAX = 10_000;
    private static final int LIMIT = 1_000;
    private static final int ENTRIES_IN_EXEC_MAX = 100_000;
    private static final int DELETED_AT_ONCE = 1_000;
    private static final Slice ZERO = Slice.utf8("0");

    private final Keyspace keyspace;
    private final ServeLimits limits;
    private final Runnable commit;
    private final ScanCursors cursors = new ScanCursors();

    /** {@code commit} commits what was written so far, and waits for it. */
    ScanCommands(Keyspace keyspace, ServeLimits limits, Runnable commit) {
        this.keyspace = keyspace;
        this.limits = limits;
        this.commit = commit;
    }

    void addTo(CommandTable table) {
        table.group("generic")
                .add(Command.reading("scan", -2, Keys.NONE), "Some keys, and where to go on.", this::scan)
                .add(Command.reading("keys", 2, Keys.NONE), "All keys that match a pattern.", this::keys)
                .add(Command.reading("keyrange", -3, Keys.NONE), "The keys between two, in their order.", this::range)
                .group("server")
                .add(Command.reading("dbsize", 1, Keys.NONE), "How many keys there are; counts them.", this::count)
                .add(Command.plain("flushall", -1, Trait.WRITE), "Deletes all keys.", this::deleteAll)
                .add(Command.plain("flushdb", -1, Trait.WRITE), "Deletes all keys.", this::deleteAll);
    }

    private void scan(Session session, Request request, ReplyWriter reply) {
        @Nullable Glob glob = null;
        int count = COUNT;
        boolean isOfType = true;
        for (int i = 2; i < request.count(); i += 2) {
            if (i + 1 == request.count()) {
                throw CommandException.syntax();
            }
            Slice value = request.argument(i + 1);
            switch (request.word(i)) {
                case "MATCH" -> glob = new Glob(value);
                case "TYPE" -> isOfType = request.word(i + 1).equals("STRING");
                case "COUNT" -> count = positive(value);
                default -> throw CommandException.syntax();
            }
        }
        KeyRange range = glob == null ? KeyRange.all() : glob.range();
        if (!request.argument(1).equals(ZERO)) {
            range = after(range, cursors.place(request.argument(1)));
        }
        List<Slice> keys = new ArrayList<>();
        long next = 0;
        try (EntryScan scan = keyspace.entries(range, false)) {
            for (int seen = 0; scan.next() && next == 0; seen++) {
                if (isOfType && (glob == null || glob.matches(scan.key()))) {
                    keys.add(scan.key());
                }
                next = seen + 1 >= Math.min(count, COUNT_MAX) ? cursors.remember(scan.key()) : 0;
            }
        }
        reply.array(2);
        reply.bulk(Long.toString(next));
        reply.array(keys.size());
        keys.forEach(reply::bulk);
    }

    private static int positive(Slice argument) {
        long number = Numbers.of(argument);
        if (number < 1) {
            throw CommandException.syntax();
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /** The part of {@code range} after {@code key}. */
    private static KeyRange after(KeyRange range, Slice key) {
        Slice from = successor(key);
        Slice to = range.to();
        if (from.compareTo(range.from()) <= 0) {
            return range;
        }
        return to != null && from.compareTo(to) > 0 ? KeyRange.of(to, to) : new KeyRange(from, to);
    }

    /** The smallest key greater than {@code key}. */
    private static Slice successor(Slice key) {
        byte[] bytes = new byte[key.length() + 1];
        key.copyTo(bytes, 0);
        return Slice.wrap(bytes);
    }

    private void keys(Session session, Request request, ReplyWriter reply) {
        Glob glob = new Glob(request.argument(1));
        EntryScan scan = keyspace.entries(glob.range(), false);
        walk(session, reply, scan, () -> new KeyList(glob));
    }

    private void count(Session session, Request request, ReplyWriter reply) {
        EntryScan scan = keyspace.entries(KeyRange.all(), false);
        walk(session, reply, scan, KeyCount::new);
    }

    /** What is made of the keys of a walk. */
    private interface Found extends Consumer<ReplyWriter> {
        void add(Slice key);
    }

    private final class KeyList implements Found {
        private final Glob glob;
        private final List<Slice> keys = new ArrayList<>();
        private long bytes;

        private KeyList(Glob glob) {
            this.glob = glob;
        }

        @Override
        public void add(Slice key) {
            if (glob.matches(key)) {
                keys.add(key);
                bytes += key.length() + (long) Request.ARGUMENT_OVERHEAD_BYTES;
                if (bytes > limits.replyBytes()) {
                    throw new CommandException("ERR the reply is longer than the limit of " + limits.replyBytes()
                            + " bytes; use SCAN, or a pattern that fewer keys match");
                }
            }
        }

        @Override
        public void accept(ReplyWriter reply) {
            reply.array(keys.size());
            keys.forEach(reply::bulk);
        }
    }

    private static final class KeyCount implements Found {
        private long count;

        @Override
        public void add(Slice key) {
            count++;
        }

        @Override
        public void accept(ReplyWriter reply) {
            reply.integer(count);
        }
    }

    private static void walk(Session session, ReplyWriter reply, EntryScan entries, Supplier<Found> result) {
        SlowRead read = new SlowRead() {
            @Override
            Consumer<ReplyWriter> read() {
                Found found = result.get();
                while (entries.next()) {
                    checkWanted();
                    found.add(entries.key());
                }
                return found;
            }

            @Override
            void release() {
                entries.close();
            }
        };
        if (!session.isExecuting()) {
            session.setSlowRead(read);
            return;
        }
        Found found = result.get();
        try (EntryScan scan = entries) {
            for (int seen = 0; scan.next(); seen++) {
                if (seen == ENTRIES_IN_EXEC_MAX) {
                    throw new CommandException("ERR within EXEC at most " + ENTRIES_IN_EXEC_MAX
                            + " keys are walked over; call it outside of the transaction");
                }
                found.add(scan.key());
            }
        }
        found.accept(reply);
    }

    /** {@code KEYRANGE min max [REV] [LIMIT n] [WITHVALUES]}, with the ends that ZRANGEBYLEX has. */
    private void range(Session session, Request request, ReplyWriter reply) {
        boolean isReverse = false;
        boolean withValues = false;
        int limit = LIMIT;
        for (int i = 3; i < request.count(); i++) {
            switch (request.word(i)) {
                case "REV" -> isReverse = true;
                case "WITHVALUES" -> withValues = true;
                case "LIMIT" -> {
                    i++;
                    if (i == request.count()) {
                        throw CommandException.syntax();
                    }
                    limit = Math.min(positive(request.argument(i)), COUNT_MAX);
                }
                default -> throw CommandException.syntax();
            }
        }
        Slice from = lowerEnd(request.argument(1));
        Slice to = upperEnd(request.argument(2));
        KeyRange range = to != null && from.compareTo(to) > 0 ? KeyRange.of(from, from) : new KeyRange(from, to);
        List<Slice> found = new ArrayList<>();
        try (EntryScan scan = keyspace.entries(range, isReverse)) {
            long bytes = 0;
            for (int left = limit; left > 0 && bytes <= limits.replyBytes() && scan.next(); left--) {
                found.add(scan.key());
                bytes += scan.key().length();
                if (withValues) {
                    found.add(scan.value());
                    bytes += scan.value().length();
                }
            }
        }
        reply.array(found.size());
        found.forEach(reply::bulk);
    }

    /** {@code -} for the first key, {@code [key} from a key on, {@code (key} after it. */
    private static Slice lowerEnd(Slice argument) {
        if (argument.length() == 1 && argument.byteAt(0) == '-') {
            return Slice.EMPTY;
        }
        return isInclusive(argument) ? rest(argument) : successor(rest(argument));
    }

    /** {@code +} for no end, {@code [key} up to a key, {@code (key} before it. */
    private static @Nullable Slice upperEnd(Slice argument) {
        if (argument.length() == 1 && argument.byteAt(0) == '+') {
            return null;
        }
        return isInclusive(argument) ? successor(rest(argument)) : rest(argument);
    }

    private static boolean isInclusive(Slice argument) {
        byte kind = argument.isEmpty() ? 0 : argument.byteAt(0);
        if (kind != '[' && kind != '(') {
            throw new CommandException("ERR min or max not valid string range item");
        }
        return kind == '[';
    }

    private static Slice rest(Slice argument) {
        return argument.subSlice(1, argument.length());
    }

    /** Deletes in batches: a crash in between leaves a part of the keys. */
    private void deleteAll(Session session, Request request, ReplyWriter reply) {
        if (request.count() > 2 || (request.count() == 2 && !request.word(1).matches("A?SYNC"))) {
            throw CommandException.syntax();
        }
        try (EntryScan scan = keyspace.entries(KeyRange.all(), false)) {
            for (int seen = 1; scan.next(); seen++) {
                keyspace.delete(scan.key());
                if (seen % DELETED_AT_ONCE == 0 && !session.isExecuting()) {
                    commit.run();
                }
            }
        }
        reply.ok();
    }
}

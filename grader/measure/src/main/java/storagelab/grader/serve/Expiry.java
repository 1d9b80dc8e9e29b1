package storagelab.grader.serve;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/** Times at which values expire, as arguments give them. */
final class Expiry {
    private static final long MILLIS = 1;
    private static final long SECONDS = 1000;

    private Expiry() {}

    /** Whether {@code option} is followed by a time. */
    static boolean isOption(String option) {
        return option.equals("EX") || option.equals("PX") || option.equals("EXAT") || option.equals("PXAT");
    }

    /** The time that is given after {@code option}; it must be positive. */
    static long afterOption(String option, Slice time, Face face) {
        boolean isRelative = !option.endsWith("AT");
        long number = Numbers.of(time);
        if (number <= 0) {
            throw face.invalid();
        }
        return face.at(number, option.startsWith("P") ? MILLIS : SECONDS, isRelative);
    }

    /**
     * What a time is given for.
     *
     * @param command whose name errors have
     * @param nowMillis the time now
     */
    record Face(String command, long nowMillis) {
        /** The time that an argument of the command gives; it may have passed. */
        long seconds(Slice time, boolean isRelative) {
            return at(Numbers.of(time), SECONDS, isRelative);
        }

        /** As {@link #seconds}, in milliseconds. */
        long millis(Slice time, boolean isRelative) {
            return at(Numbers.of(time), MILLIS, isRelative);
        }

        private long at(long number, long unit, boolean isRelative) {
            long base = isRelative ? nowMillis : 0;
            if (number > (Long.MAX_VALUE - 1 - base) / unit || number < (Long.MIN_VALUE + 1) / unit) {
                throw invalid();
            }
            return number * unit + base;
        }

        private CommandException invalid() {
            return new CommandException("ERR invalid expire time in '" + command + "' command");
        }
    }

    /** The seconds that are left, rounded, or the milliseconds. */
    static long left(long expiresAtMillis, long nowMillis, boolean inSeconds) {
        long millis = Math.max(0, expiresAtMillis - nowMillis);
        return inSeconds ? (millis + SECONDS / 2) / SECONDS : millis;
    }

    /** Options of EXPIRE: whether it sets the time, given the time that there is. */
    static boolean isAllowed(@Nullable String condition, long present, long wanted) {
        if (condition == null) {
            return true;
        }
        boolean expires = present != ValueCodec.NEVER;
        return switch (condition) {
            case "NX" -> !expires;
            case "XX" -> expires;
            case "GT" -> expires && wanted > present;
            case "LT" -> !expires || wanted < present;
            default -> throw new CommandException("ERR Unsupported option " + condition);
        };
    }
}

package storagelab.grader.serve;

import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * A pattern of Redis: {@code *} for any bytes, {@code ?} for one, {@code [abc]}, {@code [a-z]} and {@code [^a]} for one of a class,
 * and a backslash before a byte that is meant as it is. An unclosed class goes to the end of the pattern.
 *
 * <p>Cost: at most the length of the pattern times that of the key: when bytes do not match, only the last {@code *} takes one more.
 */
final class Glob {
    private static final int PATTERN_BYTES_MAX = 4096;

    private final Slice pattern;

    /**
     * The pattern {@code pattern}.
     *
     * @throws CommandException if it is too long
     */
    Glob(Slice pattern) {
        if (pattern.length() > PATTERN_BYTES_MAX) {
            throw new CommandException("ERR the pattern is longer than " + PATTERN_BYTES_MAX + " bytes");
        }
        this.pattern = pattern;
    }

    /** The keys that begin with what the pattern begins with, up to its first special byte. */
    KeyRange range() {
        int length = 0;
        while (length < pattern.length() && "*?[\\".indexOf(pattern.byteAt(length)) < 0) {
            length++;
        }
        return KeyRange.prefix(pattern.subSlice(0, length));
    }

    boolean matches(Slice key) {
        int at = 0; // in the pattern
        int next = 0; // in the key
        int afterStar = -1;
        int starEnd = 0; // the bytes up to here are the last star's
        while (next < key.length()) {
            int after = at < pattern.length() && pattern.byteAt(at) != '*' ? afterMatch(at, key.byteAt(next)) : -1;
            if (after >= 0) {
                at = after;
                next++;
            } else if (at < pattern.length() && pattern.byteAt(at) == '*') {
                at++;
                afterStar = at;
                starEnd = next;
            } else if (afterStar >= 0) {
                starEnd++;
                next = starEnd;
                at = afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.byteAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Where the pattern goes on if what is at {@code at} matches {@code one}; -1 if it does not. */
    private int afterMatch(int at, byte one) {
        byte kind = pattern.byteAt(at);
        if (kind == '?') {
            return at + 1;
        }
        if (kind == '[') {
            return afterClass(at + 1, one & 0xff);
        }
        int literal = kind == '\\' && at + 1 < pattern.length() ? at + 1 : at;
        return pattern.byteAt(literal) == one ? literal + 1 : -1;
    }

    private int afterClass(int begin, int one) {
        int at = begin;
        boolean isNegated = at < pattern.length() && pattern.byteAt(at) == '^';
        if (isNegated) {
            at++;
        }
        boolean found = false;
        while (at < pattern.length() && pattern.byteAt(at) != ']') {
            if (pattern.byteAt(at) == '\\' && at + 1 < pattern.length()) {
                at++;
            }
            int from = pattern.byteAt(at) & 0xff;
            int to = from;
            if (at + 2 < pattern.length() && pattern.byteAt(at + 1) == '-' && pattern.byteAt(at + 2) != ']') {
                at += 2;
                to = pattern.byteAt(at) & 0xff;
            }
            found |= one >= Math.min(from, to) && one <= Math.max(from, to);
            at++;
        }
        return found == isNegated ? -1 : Math.min(at + 1, pattern.length());
    }
}

package storagelab.grader.bench.engine;

import storagelab.api.Slice;
import storagelab.grader.bench.worker.WrongAnswerException;

/** Looks at every entry of a scan: keys ascend, values are whole and belong to the records that have to come. */
final class ScanCheck implements PeerEngine.EntryVisitor {
    private static final int SECOND_WORD = 8;

    /** What has to come after each record. */
    enum Following {
        /** The record with the next even number, and nothing between. */
        EVEN,
        /** Any record above. */
        ANY
    }

    private final long first;
    private final Following following;
    private int count;
    private long number;
    private long upper;
    private long lower;

    /**
     * @param first number of the record that has to come first
     */
    ScanCheck(long first, Following following) {
        this.first = first;
        this.following = following;
    }

    @Override
    public void entry(Slice key, Slice value) {
        long keyUpper = key.wordAt(0);
        long keyLower = key.wordAt(SECOND_WORD);
        if (keyUpper < upper || (keyUpper == upper && keyLower <= lower) || key.length() != Records.KEY_BYTES) {
            throw new WrongAnswerException("key " + key + " came after the key of record " + number);
        }
        upper = keyUpper;
        lower = keyLower;
        long expected = first;
        if (count > 0) {
            expected = following == Following.EVEN ? number + 2 : value.wordAt(0);
        }
        Records.check(value, expected);
        number = expected;
        count++;
    }

    /** Checks how many came, and gives that number. */
    int finish(int atLeast, int atMost) {
        if (count < atLeast || count > atMost) {
            throw new WrongAnswerException("a scan from record " + first + " on gave " + count + " records and not "
                    + (atLeast == atMost ? "" : "at least ") + atLeast);
        }
        return count;
    }
}

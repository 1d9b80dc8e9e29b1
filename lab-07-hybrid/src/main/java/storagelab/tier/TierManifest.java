package storagelab.tier;

import com.google.common.io.BaseEncoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;
import storagelab.tier.Placement.Placed;

/**
 * What a {@link TieredEngine} has on the disk besides its tiers: up to which operation they are complete, which tier has which keys, and which
 * move is under way. It is replaced as a whole, so that a crash leaves the old one or the new one.
 *
 * <p>Format: {@code notes/formats/tiers.md}.
 *
 * @param sequence the tiers have every operation up to it on the disk
 * @param placement which tier has which keys
 * @param move that has begun and not ended
 */
record TierManifest(long sequence, Placement placement, Optional<Move> move) {
    /** The name of the file. */
    static final String NAME = "TIERS";

    private static final String FIRST_LINE = "storagelab tiers 1";
    private static final Pattern SEQUENCE = Pattern.compile("sequence (\\d{1,17})");
    private static final Pattern RANGE = Pattern.compile("range ((?:[0-9a-f]{2})+|-) ([a-z][a-z0-9-]*)");
    private static final Pattern MOVE =
            Pattern.compile("move ((?:[0-9a-f]{2})+|-) ((?:[0-9a-f]{2})+|-) ([a-z][a-z0-9-]*)");
    private static final String NO_KEY = "-"; // the empty key as the first of a range, no upper end as its end

    /** With another sequence. */
    TierManifest withSequence(long other) {
        return new TierManifest(other, placement, move);
    }

    /** With another placement. */
    TierManifest withPlacement(Placement other) {
        return new TierManifest(sequence, other, move);
    }

    /** With another move, or none. */
    TierManifest withMove(Optional<Move> other) {
        return new TierManifest(sequence, placement, other);
    }

    /**
     * The manifest in {@code directory}; nothing if there is none.
     *
     * @throws CorruptionException if it is damaged, or written by a newer program
     */
    static Optional<TierManifest> read(Path directory) {
        Path file = directory.resolve(NAME);
        return SealedText.read(file, "a list of tiers").map(lines -> {
            TierManifest manifest = parse(lines);
            if (manifest == null) {
                throw CorruptionException.unknownFormat(
                        file, 0, "it says \"" + String.join(", ", lines) + "\", which this program does not know");
            }
            return manifest;
        });
    }

    private static @Nullable TierManifest parse(List<String> lines) {
        if (lines.size() < 3 || !lines.get(0).equals(FIRST_LINE)) {
            return null;
        }
        Matcher sequence = SEQUENCE.matcher(lines.get(1));
        Matcher last = MOVE.matcher(lines.get(lines.size() - 1));
        boolean isMoving = last.matches();
        List<Placed> parts = new ArrayList<>();
        for (String line : lines.subList(2, lines.size() - (isMoving ? 1 : 0))) {
            Matcher range = RANGE.matcher(line);
            if (!range.matches()) {
                return null;
            }
            parts.add(new Placed(KeyRange.from(key(range.group(1))), range.group(2)));
        }
        Optional<Move> move = isMoving ? Optional.ofNullable(move(last)) : Optional.empty();
        if (!sequence.matches() || !isAscending(parts) || move.isPresent() != isMoving) {
            return null;
        }
        return new TierManifest(Long.parseLong(sequence.group(1)), Placement.of(parts), move);
    }

    private static boolean isAscending(List<Placed> parts) {
        boolean isRight = !parts.isEmpty() && parts.get(0).range().from().isEmpty();
        for (int i = 1; i < parts.size(); i++) {
            isRight &= parts.get(i - 1)
                            .range()
                            .from()
                            .compareTo(parts.get(i).range().from())
                    < 0;
        }
        return isRight;
    }

    private static @Nullable Move move(Matcher line) {
        Slice from = key(line.group(1));
        Slice to = line.group(2).equals(NO_KEY) ? null : key(line.group(2));
        boolean isRange = to == null || from.compareTo(to) <= 0;
        return isRange ? new Move(new KeyRange(from, to), line.group(3)) : null;
    }

    private static Slice key(String text) {
        return text.equals(NO_KEY)
                ? Slice.EMPTY
                : Slice.wrap(BaseEncoding.base16().lowerCase().decode(text));
    }

    private static String text(@Nullable Slice key) {
        return key == null || key.isEmpty()
                ? NO_KEY
                : BaseEncoding.base16().lowerCase().encode(key.toByteArray());
    }

    /** Makes this the manifest of {@code directory}; it is on the disk when this returns. */
    void replace(Path directory, StatsRecorder stats) {
        SealedText.replace(directory.resolve(NAME), directory.resolve(NAME + ".tmp"), lines(), stats);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(FIRST_LINE, "sequence " + sequence));
        placement.parts().forEach(part -> lines.add("range " + text(part.range().from()) + " " + part.tier()));
        move.ifPresent(that -> lines.add(
                "move " + text(that.range().from()) + " " + text(that.range().to()) + " " + that.to()));
        return lines;
    }
}

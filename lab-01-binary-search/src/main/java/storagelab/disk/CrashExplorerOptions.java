package storagelab.disk;

import com.google.common.base.Preconditions;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which crashes a {@link CrashExplorer} tries.
 *
 * @param seed decides everything that is left to chance
 * @param modes what may survive; each is tried at every crash
 * @param firstOperation the first crash comes after so many operations; those of a set-up can be left out so
 * @param stride a crash after every so many operations; 1 tries all
 * @param randomImages how many images of {@link SurvivalMode#RANDOM} and {@link SurvivalMode#TORN_PREFIX} a crash has
 * @param recoveryStride of every so many images, recovery is crashed too; 0 for never
 * @param recoveryCrashes how many crashes during such a recovery
 */
public record CrashExplorerOptions(
        long seed,
        Set<SurvivalMode> modes,
        int firstOperation,
        int stride,
        int randomImages,
        int recoveryStride,
        int recoveryCrashes) {
    /** Checks the ranges. */
    public CrashExplorerOptions {
        Preconditions.checkArgument(!modes.isEmpty(), "no modes");
        Preconditions.checkArgument(firstOperation >= 0, "firstOperation is %s", firstOperation);
        Preconditions.checkArgument(stride >= 1, "stride is %s", stride);
        Preconditions.checkArgument(randomImages >= 1, "randomImages is %s", randomImages);
        Preconditions.checkArgument(recoveryStride >= 0, "recoveryStride is %s", recoveryStride);
        Preconditions.checkArgument(recoveryCrashes >= 1, "recoveryCrashes is %s", recoveryCrashes);
        modes = Collections.unmodifiableSet(EnumSet.copyOf(modes));
    }

    /** A crash after every operation in every mode, one image each, and of every 50th image four crashes in recovery. */
    public static CrashExplorerOptions defaults() {
        return new CrashExplorerOptions(1, EnumSet.allOf(SurvivalMode.class), 0, 1, 1, 50, 4);
    }

    /** These options with another seed. */
    public CrashExplorerOptions withSeed(long value) {
        return new CrashExplorerOptions(
                value, modes, firstOperation, stride, randomImages, recoveryStride, recoveryCrashes);
    }

    /** These options with these modes only. */
    public CrashExplorerOptions withModes(Collection<SurvivalMode> values) {
        return new CrashExplorerOptions(
                seed, Set.copyOf(values), firstOperation, stride, randomImages, recoveryStride, recoveryCrashes);
    }

    /** These options with the first crash after {@code value} operations. */
    public CrashExplorerOptions withFirstOperation(int value) {
        return new CrashExplorerOptions(seed, modes, value, stride, randomImages, recoveryStride, recoveryCrashes);
    }

    /** These options with a crash after every {@code value} operations. */
    public CrashExplorerOptions withStride(int value) {
        return new CrashExplorerOptions(
                seed, modes, firstOperation, value, randomImages, recoveryStride, recoveryCrashes);
    }

    /** These options with {@code value} images for each crash and each mode that leaves something to chance. */
    public CrashExplorerOptions withRandomImages(int value) {
        return new CrashExplorerOptions(seed, modes, firstOperation, stride, value, recoveryStride, recoveryCrashes);
    }

    /** These options with {@code crashes} crashes during the recovery of every {@code everyImages}th image; 0 for none. */
    public CrashExplorerOptions withRecoveryCrashes(int everyImages, int crashes) {
        return new CrashExplorerOptions(
                seed, modes, firstOperation, stride, randomImages, everyImages, Math.max(1, crashes));
    }
}

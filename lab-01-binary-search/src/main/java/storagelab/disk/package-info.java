/**
 * The disk that forgets: a {@link java.nio.file.FileSystem} in memory that keeps only what was synced when the power
 * goes, and that fails on cue.
 *
 * <p>Code that works with {@code Path}, {@code Files} and {@code FileChannel} runs on it unchanged. Start with
 * {@link storagelab.disk.CrashDisk}; {@link storagelab.disk.CrashExplorer} tries every crash of a recorded run. The
 * model is described in {@code notes/disk.md}.
 */
@NullMarked
package storagelab.disk;

import org.jspecify.annotations.NullMarked;

/**
 * Comparison of whole storage engines: ours and others, each in JVMs of its own, over the same workloads. What runs in those
 * JVMs is in {@link storagelab.grader.bench.engine}; the engines of others are in a module that only the profile
 * {@code peers} builds.
 */
@NullMarked
package storagelab.grader.bench.peers;

import org.jspecify.annotations.NullMarked;

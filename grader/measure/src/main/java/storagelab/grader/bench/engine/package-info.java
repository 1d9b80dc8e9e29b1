/**
 * What runs in the JVM of one engine when engines are compared: the engine behind {@link
 * storagelab.grader.bench.engine.PeerEngine}, the workloads, and the checks of every answer.
 */
@NullMarked
package storagelab.grader.bench.engine;

import org.jspecify.annotations.NullMarked;

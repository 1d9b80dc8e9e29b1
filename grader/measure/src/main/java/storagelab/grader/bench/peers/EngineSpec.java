package storagelab.grader.bench.peers;

import java.util.Set;
import storagelab.grader.bench.engine.EngineWorkload;

/**
 * An engine that can be compared.
 *
 * @param name on the command line and in tables
 * @param type name of its class
 * @param origin who wrote it
 * @param description what it is, and what it keeps when its process is killed
 * @param only what it is compared in; everything if this is empty
 */
public record EngineSpec(String name, String type, Origin origin, String description, Set<EngineWorkload> only) {
    public EngineSpec {
        only = Set.copyOf(only);
    }

    /** One that is compared in everything. */
    public EngineSpec(String name, String type, Origin origin, String description) {
        this(name, type, origin, description, Set.of());
    }

    /** This engine, compared in {@code workloads} and nothing else. */
    EngineSpec only(Set<EngineWorkload> workloads) {
        return new EngineSpec(name, type, origin, description, workloads);
    }

    /** Whether it is compared in {@code workload}. */
    boolean does(EngineWorkload workload) {
        return only.isEmpty() || only.contains(workload);
    }

    /** Who wrote an engine. */
    public enum Origin {
        /** The labs. */
        LAB,
        /** Others; it needs their libraries. */
        PEER,
        /** The JDK; it stores nothing. */
        JDK
    }
}

package storagelab.cache;

/** The eviction policies to choose from. */
public enum PolicyKind {
    /** The page that was not used for the longest time goes: {@link LruPolicy}. */
    LRU {
        @Override
        public EvictionPolicy create(int capacity) {
            return new LruPolicy(capacity);
        }
    },
    /** The page that was used least often goes: {@link LfuPolicy}. */
    LFU {
        @Override
        public EvictionPolicy create(int capacity) {
            return new LfuPolicy(capacity);
        }
    },
    /** A hand goes around and takes a page that was not used since it last came by: {@link ClockPolicy}. */
    CLOCK {
        @Override
        public EvictionPolicy create(int capacity) {
            return new ClockPolicy(capacity);
        }
    },
    /** Pages are on probation until they are wanted a second time: {@link TwoQueuePolicy}. */
    TWO_QUEUE {
        @Override
        public EvictionPolicy create(int capacity) {
            return new TwoQueuePolicy(capacity);
        }
    };

    /**
     * A policy of this kind for {@code capacity} slots, all of them empty.
     *
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public abstract EvictionPolicy create(int capacity);
}

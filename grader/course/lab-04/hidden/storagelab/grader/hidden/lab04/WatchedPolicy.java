package storagelab.grader.hidden.lab04;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import storagelab.cache.EvictionPolicy;

/**
 * The page that was not used for the longest time goes, as in a list; and whoever calls is watched: what it may not do is an
 * {@link AssertionError}, there and in every later {@link #check}, as somebody may have caught the first.
 *
 * <p>Concurrency: one thread at a time calls, or that is a mistake. {@link #check} and {@link #pageCount} from any thread.
 */
final class WatchedPolicy implements EvictionPolicy {
    private final int capacity;
    private final boolean touchesConcurrently;
    private final Map<Integer, Integer> pages = new LinkedHashMap<>(); // by slot, the one used longest ago first
    private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
    private final AtomicReference<@Nullable String> mistake = new AtomicReference<>();
    private volatile int pageCount;
    private volatile long touches;

    private WatchedPolicy(int capacity, boolean touchesConcurrently) {
        this.capacity = capacity;
        this.touchesConcurrently = touchesConcurrently;
    }

    /** A policy that no two threads may call at once, whatever they call. */
    static WatchedPolicy locked(int capacity) {
        return new WatchedPolicy(capacity, false);
    }

    /** A policy that takes touches from any thread, and does nothing with them: the page that came first goes first. */
    static WatchedPolicy concurrent(int capacity) {
        return new WatchedPolicy(capacity, true);
    }

    @Override
    public void admit(int slot, int page) {
        Thread before = enter();
        try {
            insist(slot >= 0 && slot < capacity, "slot " + slot + " was filled, of slots 0 to " + (capacity - 1));
            insist(!pages.containsKey(slot), "slot " + slot + " was filled twice");
            insist(!pages.containsValue(page), "page " + page + " came into a second slot");
            pages.put(slot, page);
            pageCount = pages.size();
        } finally {
            leave(before);
        }
    }

    @Override
    public void touch(int slot) {
        if (touchesConcurrently) {
            return;
        }
        Thread before = enter();
        try {
            Integer page = pages.remove(slot);
            if (page != null) {
                pages.put(slot, page);
            }
            touches++;
        } finally {
            leave(before);
        }
    }

    @Override
    public int victim(IntPredicate evictable) {
        Thread before = enter();
        try {
            for (int slot : pages.keySet()) {
                if (evictable.test(slot)) {
                    return slot;
                }
            }
            return NONE;
        } finally {
            leave(before);
        }
    }

    @Override
    public void remove(int slot) {
        Thread before = enter();
        try {
            insist(pages.remove(slot) != null, "slot " + slot + " was emptied, and there was no page in it");
            pageCount = pages.size();
        } finally {
            leave(before);
        }
    }

    @Override
    public boolean touchesConcurrently() {
        return touchesConcurrently;
    }

    /** How many pages it knows of. */
    int pageCount() {
        return pageCount;
    }

    /** How often a page was touched. */
    long touches() {
        return touches;
    }

    /** Whether it was told that the page is there. */
    boolean has(int page) {
        return pages.containsValue(page);
    }

    /** Fails if it was called in a way that it must not be. */
    void check() {
        String found = mistake.get();
        if (found != null) {
            throw new AssertionError(found);
        }
    }

    private @Nullable Thread enter() {
        Thread self = Thread.currentThread();
        Thread before = caller.getAndSet(self);
        insist(before == null || before == self, "two threads called the policy at once");
        return before;
    }

    private void leave(@Nullable Thread before) {
        caller.set(before);
    }

    private void insist(boolean condition, String otherwise) {
        if (!condition) {
            mistake.compareAndSet(null, "how the policy is called: " + otherwise);
            throw new AssertionError("how the policy is called: " + otherwise);
        }
    }
}

package storagelab.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntPredicate;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * Lets a page go that was not used since a hand last came by: nearly as good as least recently used, and a touch
 * changes next to nothing, so that many threads can touch at once.
 *
 * <p>The slots lie in a circle, each with a mark. A touch sets the mark of its slot. A new page has none: it was
 * admitted for one use, and has to be used again to be worth keeping. The hand begins at slot 0. {@code victim} moves
 * it over the slots in ascending order, and from the last to the first:
 *
 * <ul>
 *   <li>over a slot that is empty or whose page may not go, without changing its mark;
 *   <li>over a slot with a mark, which it takes away;
 *   <li>to a slot without a mark: that is the answer, and the hand then points to the slot behind it.
 * </ul>
 *
 * <p>Example: four slots with pages, after {@code touch(0)} and {@code touch(2)}. The marks are ●○●○ and the hand is at
 * 0.
 *
 * <table>
 *   <caption>Where the hand goes</caption>
 *   <tr><th>call</th><th>gives</th><th>marks then</th><th>hand then</th></tr>
 *   <tr><td>{@code victim}</td><td>1</td><td>○○●○</td><td>2</td></tr>
 *   <tr><td>{@code remove(1)}, {@code admit(1, 9)}</td><td></td><td>○○●○</td><td>2</td></tr>
 *   <tr><td>{@code victim}</td><td>3</td><td>○○○○</td><td>0</td></tr>
 *   <tr><td>{@code remove(3)}, {@code admit(3, 8)}, {@code touch(0)}</td><td></td><td>●○○○</td><td>0</td></tr>
 *   <tr><td>{@code victim}, if slot 1 may not go</td><td>2</td><td>○○○○</td><td>3</td></tr>
 * </table>
 *
 * <p>Two rounds are enough for an answer if nobody touches meanwhile. If others do, every slot may have its mark again
 * in the second round. {@code victim} then answers with any page that may go; it does not go round for ever, and it
 * does not say {@link #NONE} while a page may go.
 *
 * <p>Concurrency: {@code touch} may be called by any number of threads at any time, also beside the other methods, of
 * which one thread at a time calls one. It takes no lock, and no touch makes another one forgotten, which rules out
 * marks that share a word as its bits unless they are set atomically. It only reads where the mark is set already: a
 * page that everybody uses is then a page that nobody writes for, and its mark stays in the caches of all processors.
 *
 * <p>Cost: {@code admit}, {@code touch}, {@code remove} O(1). {@code victim} looks at each slot twice at the most; over
 * time at one slot for each call of it and each mark set, and at those that may not go. No method allocates.
 */
@Exercise(id = "4.3", title = "Clock and two queues", points = 6, difficulty = Difficulty.MEDIUM, hours = 3)
public final class ClockPolicy implements EvictionPolicy {
    /** In which slots there is a page. */
    private final boolean[] taken;

    /** 1 where the mark is set. A byte each, since bytes are written one by one; bits are not. */
    private final byte[] marks;

    private static final VarHandle MARKS = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final byte SET = 1;
    private static final byte CLEAR = 0;

    private int hand;

    /**
     * A policy for {@code capacity} slots, all of them empty.
     *
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public ClockPolicy(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a memory of " + capacity + " slots");
        }
        taken = new boolean[capacity];
        marks = new byte[capacity];
    }

    @Override
    public void admit(int slot, int page) {
        if (taken[slot]) {
            throw new IllegalArgumentException("there is a page in slot " + slot);
        }
        taken[slot] = true;
        MARKS.setOpaque(marks, slot, CLEAR);
    }

    @Override
    public void touch(int slot) {
        if ((byte) MARKS.getOpaque(marks, slot) == CLEAR) {
            MARKS.setOpaque(marks, slot, SET);
        }
    }

    @Override
    public int victim(IntPredicate evictable) {
        int last = NONE;
        for (int step = 0; step < 2 * taken.length; step++) {
            int slot = hand;
            hand = hand + 1 < taken.length ? hand + 1 : 0;
            if (!taken[slot] || !evictable.test(slot)) {
                continue;
            }
            if ((byte) MARKS.getOpaque(marks, slot) == CLEAR) {
                return slot;
            }
            MARKS.setOpaque(marks, slot, CLEAR);
            last = slot;
        }
        return last;
    }

    @Override
    public void remove(int slot) {
        if (!taken[slot]) {
            throw new IllegalArgumentException("there is no page in slot " + slot);
        }
        taken[slot] = false;
    }

    @Override
    @Given
    public boolean touchesConcurrently() {
        return true;
    }
}

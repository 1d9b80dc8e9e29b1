package storagelab.cache;

import java.util.function.IntPredicate;

/**
 * Says which page of a full memory has to go. The memory has {@code capacity} slots, numbered from 0; each is empty or
 * has one page, which is known by its number. A policy keeps no pages. It is told what happens, and remembers what it
 * needs:
 *
 * <table>
 *   <caption>What the owner of the memory calls</caption>
 *   <tr><th>what happens</th><th>calls</th></tr>
 *   <tr><td>page 7 is read and sits in slot 3</td><td>{@code touch(3)}</td></tr>
 *   <tr><td>page 8 is read, is in no slot, and slot 4 is empty</td><td>{@code admit(4, 8)}</td></tr>
 *   <tr><td>the same, but no slot is empty</td><td>{@code victim(…)} is 3, {@code remove(3)}, {@code admit(3,
 *     8)}</td></tr>
 *   <tr><td>page 7 is deleted</td><td>{@code remove(3)}</td></tr>
 * </table>
 *
 * <p>Admitting is the first use of a page; nobody touches it as well.
 *
 * <p>Concurrency: the owner sees to it that one thread at a time calls; but see {@link #touchesConcurrently}.
 */
public interface EvictionPolicy {
    /** The answer of {@link #victim} when no page may go. */
    int NONE = -1;

    /**
     * Page {@code page} has come into slot {@code slot}.
     *
     * @throws IllegalArgumentException if there is a page in the slot, with the slot in the message; nothing changes
     *     then
     */
    void admit(int slot, int page);

    /**
     * The page in {@code slot} was used. Nothing happens if the slot is empty: whoever found the page just before it
     * had to go may come too late to say so.
     */
    void touch(int slot);

    /**
     * The slot of the page that should go first, of those for which {@code evictable} says yes; {@link #NONE} if it
     * says no for every page. It is asked about slots that have a page, and only those, maybe more than once.
     *
     * <p>The page is still in its slot when this returns: it goes when {@link #remove} is called. Nothing changes but,
     * in a clock, the hand and what it sweeps over.
     */
    int victim(IntPredicate evictable);

    /**
     * The page in {@code slot} has left it, and the slot is empty.
     *
     * @throws IllegalArgumentException if it was empty before, with the slot in the message
     */
    void remove(int slot);

    /** Whether {@link #touch} may be called from any thread at any time, beside every other call, without a lock. */
    default boolean touchesConcurrently() {
        return false;
    }
}

package storagelab.grader.hidden.lab07;

import java.util.ArrayList;
import java.util.List;

/** ARC as its paper writes it, with whole lists of page numbers: slow, and easy to compare with the paper. */
final class PaperArc {
    private final int c;
    private final List<Integer> t1 = new ArrayList<>();
    private final List<Integer> t2 = new ArrayList<>();
    private final List<Integer> b1 = new ArrayList<>();
    private final List<Integer> b2 = new ArrayList<>();
    private int p;

    PaperArc(int capacity) {
        c = capacity;
    }

    /** A page is wanted. Returns whether it was there. */
    boolean request(Integer x) {
        if (t1.remove(x) || t2.remove(x)) {
            t2.add(x);
            return true;
        }
        if (b1.contains(x)) {
            p = Math.min(c, p + Math.max(b2.size() / b1.size(), 1));
            replace(x);
            b1.remove(x);
            t2.add(x);
        } else if (b2.contains(x)) {
            p = Math.max(0, p - Math.max(b1.size() / b2.size(), 1));
            replace(x);
            b2.remove(x);
            t2.add(x);
        } else {
            miss(x);
            t1.add(x);
        }
        return false;
    }

    private void miss(Integer x) {
        int all = t1.size() + t2.size() + b1.size() + b2.size();
        if (t1.size() + b1.size() == c) {
            if (t1.size() < c) {
                b1.remove(0);
                replace(x);
            } else {
                t1.remove(0);
            }
        } else if (all >= c) {
            if (all == 2 * c) {
                b2.remove(0);
            }
            replace(x);
        }
    }

    private void replace(Integer x) {
        if (!t1.isEmpty() && (t1.size() > p || (b2.contains(x) && t1.size() == p))) {
            b1.add(t1.remove(0));
        } else {
            b2.add(t2.remove(0));
        }
    }

    /** The lists and the target as {@code ArcMemory.lists()} says them. */
    String lists() {
        return (t1 + " " + t2 + " " + b1 + " " + b2 + " " + p).replace(",", "");
    }
}

package storagelab.testkit.kv;

import java.util.ArrayList;
import java.util.List;

/**
 * What transactions have read and appended: each key has a list of numbers, no number is appended twice, and a read returns
 * the whole list. So a read says which appends it has seen, and in which order.
 *
 * @param transactions in the order in which they began
 */
public record History(List<Observed> transactions) {
    /** A step of a transaction. */
    public sealed interface Step {}

    /** A number was appended to the list of a key. */
    public record Append(int key, int number) implements Step {}

    /** The list of a key was read. */
    public record Read(int key, List<Integer> numbers) implements Step {}

    /** A transaction, and whether it has committed. */
    public record Observed(int id, List<Step> steps, boolean committed) {
        /** The numbers that it has appended to a key, in order. */
        public List<Integer> appended(int key) {
            List<Integer> numbers = new ArrayList<>();
            for (Step step : steps) {
                if (step instanceof Append append && append.key == key) {
                    numbers.add(append.number);
                }
            }
            return numbers;
        }

        @Override
        public String toString() {
            return "T" + id + (committed ? " " : " (not committed) ") + steps;
        }
    }
}

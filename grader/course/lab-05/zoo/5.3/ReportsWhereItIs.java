// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: the place of damage is where reading goes on, not where the damage begins
public final class LogReader {
    private void report(long from, long to, String reason) {
        listener.accept(new Damage(to, to - from, reason));
    }
}

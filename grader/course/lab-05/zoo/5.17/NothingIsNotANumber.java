// exercise: 5.17
// type: storagelab.lsm.Amplification
// verdict: caught
// because: without gets the bytes of a get are a division by zero
public record Amplification(double write, double read, double space) {
    private static double ratio(long bytes, long asked) {
        return (double) bytes / asked;
    }
}

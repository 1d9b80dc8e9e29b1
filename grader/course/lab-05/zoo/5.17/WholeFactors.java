// exercise: 5.17
// type: storagelab.lsm.Amplification
// verdict: caught
// because: whole numbers are divided: 3.9 bytes for each are 3
public record Amplification(double write, double read, double space) {
    private static double ratio(long bytes, long asked) {
        return asked == 0 ? 0 : bytes / asked;
    }
}

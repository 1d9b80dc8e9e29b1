// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: a head of zeros is space that was made ready only if the block has nothing but zeros: a process that is killed leaves others
public final class LogReader {
    private boolean isZeroHead() {
        for (int i = position; i < block.length; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

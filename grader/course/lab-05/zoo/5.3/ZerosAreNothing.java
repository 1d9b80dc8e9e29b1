// exercise: 5.3
// type: storagelab.log.LogReader
// verdict: caught
// because: zeros are passed over wherever they are, as LevelDB does it: a block that was lost is missed by nobody
public final class LogReader {
    private int passZeros() {
        if (record != null) {
            drop("a record with zeros in the middle");
        }
        record = null;
        openFrom = NOWHERE;
        position = block.length;
        return DROPPED;
    }
}

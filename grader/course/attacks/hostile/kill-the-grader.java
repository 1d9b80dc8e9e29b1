// tries: ends every process that it can name
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: rules
// behind: sandbox

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        long killed = ProcessHandle.allProcesses().filter(ProcessHandle::destroyForcibly).count();
        boolean isParentGone = ProcessHandle.current().parent().map(ProcessHandle::destroyForcibly).orElse(false);
        throw new IllegalStateException(killed == 0 && !isParentGone ? "kept out" : "REACHED " + killed + " processes");
    }
}

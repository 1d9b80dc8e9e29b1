// exercise: 4.5
// type: storagelab.page.WriteBack
// verdict: caught
// because: writeBack makes a call for every page, and a checkpoint of ten thousand neighbours is ten thousand calls
final class WriteBack {
    private static boolean isNeighbour(Frame frame, List<Frame> run) {
        return run.isEmpty();
    }
}

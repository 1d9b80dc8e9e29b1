// exercise: 2.3
// type: storagelab.bounds.RotatedSearch
// verdict: caught
// because: it looks for the fall from the front: right, and n probes
public final class RotatedSearch {
    public static int rotationPoint(IntSequence rotated) {
        for (int index = 1; index < rotated.length(); index++) {
            if (rotated.get(index - 1) > rotated.get(index)) {
                return index;
            }
        }
        return 0;
    }
}

// tries: writes tags and commands for terminals into messages and names
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: judge
// verdict: failed

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        System.out.println("\u001b[31m<b id=attack onclick=alert(1)>");
        throw new Markup("<b id=attack onclick=alert(1)>\u001b[2J\u0007]]><script>alert(1)</script>&#x1b;\u0000\u202e");
    }

    static final class Markup extends RuntimeException {
        Markup(String message) {
            super(message);
        }
    }
}

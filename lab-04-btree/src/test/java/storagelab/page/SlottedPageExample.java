package storagelab.page;

/** The worked example of {@code notes/formats/slotted-page.md}, in hexadecimal: all but the zeros between slots and cells. */
final class SlottedPageExample {
    /** Head and slots of a leaf of 1,024 bytes with {@code apply=2} and then {@code apple=1}. */
    static final String FRONT = """
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            01 00
            02 00
            f0 03 00 00
            00 00 00 00
            04 00 00 00
            00 00 00 00
            f0 03 00 00 00 65
            f8 03 00 00 00 79
            """;

    /** Its cells: the last 16 bytes. */
    static final String BACK = """
            05 01 61 70 70 6c 65 31
            05 01 61 70 70 6c 79 32
            """;

    /** The front of the same page after {@code apron=3} came, {@code apply} went, and the page was compacted. */
    static final String LATER_FRONT = """
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
            01 00
            02 00
            f0 03 00 00
            00 00 00 00
            02 00 00 00
            00 00 00 00
            f8 03 00 65 6c 70
            f0 03 00 6e 6f 72
            """;

    /** Its cells then. */
    static final String LATER_BACK = """
            05 01 61 70 72 6f 6e 33
            05 01 61 70 70 6c 65 31
            """;

    private SlottedPageExample() {}
}

// exercise: 4.4
// type: storagelab.page.MetaPage
// verdict: caught
// because: only records of the newest format version are read, and every file of an older program is damaged

public record MetaPage() {
    public static Optional<MetaPage> decode(byte[] bytes, int offset) {
        if (formatVersion(bytes, offset).orElse(0) != FORMAT_VERSION || !isWhole(bytes, offset)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MetaPage(
                    getInt(bytes, offset + PAGE_SIZE_OFFSET),
                    getLong(bytes, offset + CHECKPOINT_OFFSET),
                    getLong(bytes, offset + VERSION_OFFSET),
                    getInt(bytes, offset + ROOT_OFFSET),
                    getInt(bytes, offset + PAGE_COUNT_OFFSET),
                    getInt(bytes, offset + FREE_LIST_OFFSET),
                    getLong(bytes, offset + ENTRIES_OFFSET),
                    getInt(bytes, offset + DEPTH_OFFSET),
                    getLong(bytes, offset + LOG_POSITION_OFFSET)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

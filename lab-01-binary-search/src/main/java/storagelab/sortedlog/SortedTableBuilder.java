package storagelab.sortedlog;

import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * Writes a sorted table: a file of entries in ascending order of their keys, never changed once it is written, with a
 * sparse index at its end. The index has the first key of every block of 4 KiB, so that it is small enough to keep in
 * memory, and finding a key takes one block.
 *
 * <p>Format ({@code notes/formats/sorted-table.md}, constants in {@link SortedTableLayout}); fixed32 and fixed64 are
 * little-endian, varints and length-prefixed slices as in {@link ByteWriter}:
 *
 * <table>
 * <caption>The file</caption>
 * <tr><th>part</th><th>bytes</th></tr>
 * <tr><td>data block, one or more</td><td>entries, each as {@link EntryCodec#write} writes it · CRC-32C of them, fixed32</td></tr>
 * <tr><td>index</td><td>number of blocks, varint · for each block: its first key, length-prefixed · its offset, varint64 ·
 * its size without the checksum, varint32 · after all blocks: the largest key of the table, length-prefixed · CRC-32C of
 * the index, fixed32</td></tr>
 * <tr><td>footer, 40 bytes</td><td>offset of the index, fixed64 · its size without the checksum, fixed32 · number of
 * entries, fixed64 · file number of the table, fixed64 · version 1, fixed32 · magic, fixed64</td></tr>
 * </table>
 *
 * <p>An entry goes into the current block if the block is empty or does not grow beyond 4,096 bytes by it (the checksum
 * not counted); otherwise it begins the next one. So an entry of more than 4,096 bytes has a block of its own.
 *
 * <p>Example: table number 7 with the value {@code "1"} under {@code "apple"} and the tombstone of {@code "plum"}, 77
 * bytes, one part a line:
 *
 * <pre>{@code
 * 01 05 61 70 70 6c 65 01 31                    entry "apple"
 * 00 04 70 6c 75 6d                             entry "plum"
 * c6 e0 a3 cb                                   crc of the block
 * 01 05 61 70 70 6c 65 00 0f 04 70 6c 75 6d     index: 1 block, from "apple", at 0, 15 bytes; largest "plum"
 * 1f 8e c5 80                                   crc of the index
 * 13 00 00 00 00 00 00 00                       footer: offset of the index
 * 0e 00 00 00                                   size of the index
 * 02 00 00 00 00 00 00 00                       entries
 * 07 00 00 00 00 00 00 00                       number
 * 01 00 00 00                                   version
 * 53 4c 54 41 42 4c 45 31                       magic "SLTABLE1"
 * }</pre>
 *
 * <p>Use: {@code create}, {@code add} for every entry, {@code finish}; {@code close} in any case. Do the work with a {@link
 * StoreFile}.
 *
 * <p>Errors: {@link storagelab.api.StorageIoException} when the file system refuses.
 *
 * <p>Cost: the memory of one block and of the index; one {@link StoreFile#append} a block.
 *
 * <p>Concurrency: one thread.
 */
@Exercise(id = "1.4", title = "Build a sorted table", points = 10, difficulty = Difficulty.MEDIUM, hours = 3)
public final class SortedTableBuilder implements Closeable {
    private static final int BLOCK_CAPACITY_BYTES = SortedTableLayout.BLOCK_BYTES + SortedTableLayout.CRC_BYTES;

    private final StoreFile file;
    private final long number;
    private final ByteWriter block = new ByteWriter(BLOCK_CAPACITY_BYTES);
    private final ByteWriter indexedBlocks = new ByteWriter(1024);
    private Slice firstKeyOfBlock = Slice.EMPTY;
    private @Nullable Slice smallest;
    private Slice largest = Slice.EMPTY;
    private int blocks;
    private long entries;
    private boolean finished;
    private boolean closed;

    private SortedTableBuilder(StoreFile file, long number) {
        this.file = file;
        this.number = number;
    }

    /**
     * Begins a table with that file number. Nothing is synced.
     *
     * @throws storagelab.api.StorageIoException if {@code file} exists, or cannot be created
     */
    public static SortedTableBuilder create(Path file, long number, StatsRecorder stats) {
        return new SortedTableBuilder(StoreFile.create(file, stats), number);
    }

    /**
     * Adds an entry, value or tombstone, whose key is greater than that of every entry before.
     *
     * @throws IllegalArgumentException if it is not; the message has both keys, and the table goes on without the entry
     * @throws IllegalStateException after {@link #finish} or {@link #close}
     */
    public void add(Entry entry) {
        checkOpen();
        if (smallest != null && largest.compareTo(entry.key()) >= 0) {
            throw new IllegalArgumentException("keys must ascend: " + entry.key() + " after " + largest);
        }
        if (block.size() > 0 && block.size() + EntryCodec.encodedBytes(entry) > SortedTableLayout.BLOCK_BYTES) {
            finishBlock();
        }
        if (block.size() == 0) {
            firstKeyOfBlock = entry.key();
        }
        if (smallest == null) {
            smallest = entry.key();
        }
        EntryCodec.write(entry, block);
        largest = entry.key();
        entries++;
    }

    /**
     * Writes what is missing: the last block, the index, the footer; syncs the file and closes it. The caller then syncs
     * the directory, which has to happen before anything refers to the table.
     *
     * @return what is in the table
     * @throws IllegalStateException if no entry was added, or after {@link #finish} or {@link #close}
     */
    public TableInfo finish() {
        checkOpen();
        if (smallest == null) {
            throw new IllegalStateException("a table without entries: " + file.path());
        }
        finishBlock();
        long indexOffset = file.sizeBytes();
        ByteWriter tail = new ByteWriter(indexedBlocks.size() + 64 + SortedTableLayout.FOOTER_BYTES);
        tail.putVarint32(blocks).putBytes(indexedBlocks.view()).putLengthPrefixed(largest);
        int indexSize = tail.size();
        tail.putFixed32(tail.crc32c(0, indexSize));
        tail.putFixed64(indexOffset)
                .putFixed32(indexSize)
                .putFixed64(entries)
                .putFixed64(number)
                .putFixed32(SortedTableLayout.VERSION)
                .putFixed64(SortedTableLayout.MAGIC);
        file.append(tail.view());
        file.sync();
        file.close();
        finished = true;
        return new TableInfo(number, entries, file.sizeBytes(), smallest, largest);
    }

    /**
     * Gives up a table that is not finished: closes the file and deletes it. Does nothing after {@link #finish}, nor when
     * called again.
     */
    @Override
    public void close() {
        if (!finished && !closed) {
            closed = true;
            try {
                file.close();
            } finally {
                StoreFile.delete(file.path());
            }
        }
    }

    private void finishBlock() {
        indexedBlocks
                .putLengthPrefixed(firstKeyOfBlock)
                .putVarint64(file.sizeBytes())
                .putVarint32(block.size());
        block.putFixed32(block.crc32c(0, block.size()));
        file.append(block.view());
        block.clear();
        blocks++;
    }

    private void checkOpen() {
        if (finished || closed) {
            throw new IllegalStateException(file.path() + " is " + (finished ? "finished" : "closed"));
        }
    }
}

package storagelab.grader.report;

import com.google.common.base.Strings;
import java.util.List;

/**
 * Rows of figures for the console: a name on the left, then the cells, each to the right of its column.
 *
 * @param indent what each row begins with
 * @param nameColumns width of the name; a longer one moves its cells
 * @param cellColumns width of a cell, with the space before it
 */
record FigureRows(String indent, int nameColumns, int cellColumns) {
    /** Two or three figures of one thing. */
    static final FigureRows OF_A_BENCHMARK = new FigureRows("  ", 44, 13);

    /** Many things side by side. */
    static final FigureRows OF_ENGINES = new FigureRows("", 28, 14);

    /** Appends a row; no space follows its last cell. */
    void append(StringBuilder out, String name, List<String> cells) {
        StringBuilder line = new StringBuilder(indent);
        line.append(Strings.padEnd(name, nameColumns, ' '));
        cells.forEach(cell -> line.append(Strings.padStart(cell, cellColumns, ' ')));
        out.append(line.toString().stripTrailing()).append('\n');
    }
}

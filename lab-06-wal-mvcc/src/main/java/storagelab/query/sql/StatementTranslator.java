package storagelab.query.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.ExplainStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.analyze.Analyze;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;
import storagelab.query.Catalog;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.SortOrder;
import storagelab.query.TableDefinition;
import storagelab.query.plan.Condition;
import storagelab.query.plan.Operand;
import storagelab.query.plan.OrderBy;
import storagelab.query.plan.Query;

/**
 * Translates a parsed statement into a command.
 *
 * <p>The parser knows far more SQL than is supported. So what is supported is put together again into a statement of its own, and the
 * texts of the two are compared: where they differ, the statement has a part that would be ignored, and it is refused.
 */
final class StatementTranslator {
    private static final Column ROW_COUNT = Column.required("LIMIT", ColumnType.BIGINT);

    private final String sql;
    private final Catalog catalog;

    StatementTranslator(String sql, Catalog catalog) {
        this.sql = sql;
        this.catalog = catalog;
    }

    Command translate(Statement statement) {
        if (statement instanceof PlainSelect select) {
            return select(select);
        } else if (statement instanceof Insert insert) {
            return insert(insert);
        } else if (statement instanceof Update update) {
            return update(update);
        } else if (statement instanceof Delete delete) {
            return delete(delete);
        } else if (statement instanceof CreateTable create) {
            return new SchemaTranslator(sql).createTable(create);
        } else if (statement instanceof CreateIndex create) {
            return new SchemaTranslator(sql).createIndex(create);
        } else if (statement instanceof Drop drop) {
            return new SchemaTranslator(sql).drop(drop);
        } else if (statement instanceof Analyze analyze) {
            checkSame(analyze, "ANALYZE " + analyze.getTable());
            return new Command.Analyze(table(analyze.getTable()).name());
        } else if (statement instanceof ExplainStatement explain) {
            return explain(explain);
        }
        String first = sql.strip().split("\\s+", 2)[0];
        throw new SqlException(
                "a statement that begins with " + first + " is not supported: there are SELECT, INSERT, UPDATE, DELETE,"
                        + " CREATE TABLE, CREATE INDEX, DROP TABLE, DROP INDEX, ANALYZE, EXPLAIN, BEGIN, COMMIT, ROLLBACK",
                Place.ofText(sql, first));
    }

    private Command explain(ExplainStatement explain) {
        Statement of = explain.getStatement();
        boolean isExecuted = explain.getOption(ExplainStatement.OptionType.ANALYZE) != null;
        if (of == null) {
            throw new SqlException("EXPLAIN is for SELECT, UPDATE and DELETE", Place.BEGIN);
        }
        checkSame(explain, "EXPLAIN " + (isExecuted ? "ANALYZE " : "") + of);
        Command command = translate(of);
        if (command instanceof Command.Select || (!isExecuted && isChange(command))) {
            return new Command.Explain(command, isExecuted);
        }
        throw new SqlException(
                isChange(command)
                        ? "EXPLAIN ANALYZE is for SELECT, since it executes the statement: use EXPLAIN"
                        : "EXPLAIN is for SELECT, UPDATE and DELETE",
                Place.BEGIN);
    }

    private static boolean isChange(Command command) {
        return command instanceof Command.Update || command instanceof Command.Delete;
    }

    private Command select(PlainSelect select) {
        PlainSelect supported = new PlainSelect();
        supported.setSelectItems(select.getSelectItems());
        supported.setFromItem(select.getFromItem());
        supported.setWhere(select.getWhere());
        supported.setOrderByElements(select.getOrderByElements());
        supported.setLimit(select.getLimit());
        supported.setOffset(select.getOffset());
        checkSame(select, supported.toString());
        Table named = named(select.getFromItem());
        TableDefinition table = table(named);
        ConditionTranslator columns = new ConditionTranslator(sql, table, named);
        Query query = Query.of(table).where(columns.conditions(select.getWhere()));
        List<String> names = new ArrayList<>();
        if (isCount(select)) {
            if (select.getOrderByElements() != null) {
                throw new SqlException("ORDER BY is not supported with COUNT(*)", Place.ofText(sql, "order by"));
            }
            SelectItem<?> item = select.getSelectItems().get(0);
            names.add(item.getAlias() == null ? "count" : ConditionTranslator.name(item.getAliasName()));
            query = query.count();
        } else {
            query = query.select(output(select, table, columns, names)).orderBy(order(select, columns));
        }
        return new Command.Select(limited(select, query, columns), names);
    }

    private static boolean isCount(PlainSelect select) {
        return select.getSelectItems().size() == 1
                && select.getSelectItems().get(0).getExpression() instanceof Function function
                && function.toString().equalsIgnoreCase("COUNT(*)");
    }

    private List<Integer> output(
            PlainSelect select, TableDefinition table, ConditionTranslator columns, List<String> names) {
        List<Integer> output = new ArrayList<>();
        for (SelectItem<?> item : select.getSelectItems()) {
            Expression expression = item.getExpression();
            if (expression instanceof AllColumns && !(expression instanceof AllTableColumns)) {
                if (!expression.toString().equals("*")) {
                    throw columns.unsupported(expression);
                }
                for (int i = 0; i < table.schema().columns().size(); i++) {
                    output.add(i);
                    names.add(table.schema().columns().get(i).name());
                }
            } else {
                int column = columns.column(expression);
                output.add(column);
                names.add(
                        item.getAlias() == null
                                ? table.schema().columns().get(column).name()
                                : ConditionTranslator.name(item.getAliasName()));
            }
        }
        return output;
    }

    private List<OrderBy> order(PlainSelect select, ConditionTranslator columns) {
        List<OrderBy> order = new ArrayList<>();
        if (select.getOrderByElements() != null) {
            for (OrderByElement element : select.getOrderByElements()) {
                int column = columns.column(element.getExpression());
                String plain = element.getExpression()
                        + (element.isAsc() ? (element.isAscDescPresent() ? " ASC" : "") : " DESC");
                if (!element.toString().equals(plain)) {
                    throw new SqlException(
                            "'" + element + "' is not supported here", Place.of(sql, element.getExpression()));
                }
                order.add(new OrderBy(column, element.isAsc() ? SortOrder.ASCENDING : SortOrder.DESCENDING));
            }
        }
        return order;
    }

    private Query limited(PlainSelect select, Query query, ConditionTranslator columns) {
        Operand limit = null;
        Operand offset = null;
        if (select.getLimit() != null) {
            checkSame(select.getLimit(), " LIMIT " + select.getLimit().getRowCount());
            limit = columns.operand(ROW_COUNT, select.getLimit().getRowCount());
        }
        if (select.getOffset() != null) {
            checkSame(select.getOffset(), " OFFSET " + select.getOffset().getOffset());
            offset = columns.operand(ROW_COUNT, select.getOffset().getOffset());
        }
        return query.limit(limit, offset);
    }

    private Command insert(Insert insert) {
        Insert supported = new Insert();
        supported.setTable(insert.getTable());
        supported.setColumns(insert.getColumns());
        supported.setSelect(insert.getSelect());
        checkSame(insert, supported.toString());
        TableDefinition table = table(insert.getTable());
        ConditionTranslator translator = new ConditionTranslator(sql, table, insert.getTable());
        if (!(insert.getSelect() instanceof Values values)) {
            throw new SqlException("INSERT takes VALUES, and not a query", Place.ofText(sql, "select"));
        }
        List<Integer> columns = new ArrayList<>();
        if (insert.getColumns() == null) {
            IntStream.range(0, table.schema().columns().size()).forEach(columns::add);
        } else {
            insert.getColumns().forEach(column -> columns.add(translator.column(column)));
        }
        List<List<Operand>> rows = new ArrayList<>();
        ExpressionList<?> expressions = values.getExpressions();
        boolean hasLists = !expressions.isEmpty() && expressions.get(0) instanceof ParenthesedExpressionList<?>;
        for (Object row : hasLists ? expressions : List.of(expressions)) {
            if (!(row instanceof ExpressionList<?> list)) {
                throw translator.unsupported(row);
            }
            rows.add(row(list, columns, translator));
        }
        return new Command.Insert(table, columns, rows);
    }

    private List<Operand> row(ExpressionList<?> list, List<Integer> columns, ConditionTranslator translator) {
        if (list.size() != columns.size()) {
            throw new SqlException(
                    list.size() + " values for " + columns.size() + " columns", Place.of(sql, list.get(0)));
        }
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            operands.add(translator.operand(columns.get(i), (Expression) list.get(i)));
        }
        return operands;
    }

    private Command update(Update update) {
        Update supported = new Update();
        supported.setTable(update.getTable());
        supported.setUpdateSets(update.getUpdateSets());
        supported.setWhere(update.getWhere());
        checkSame(update, supported.toString());
        TableDefinition table = table(update.getTable());
        ConditionTranslator translator = new ConditionTranslator(sql, table, update.getTable());
        Map<Integer, Operand> changes = new LinkedHashMap<>();
        for (UpdateSet set : update.getUpdateSets()) {
            if (set.getColumns().size() != 1 || set.getValues().size() != 1) {
                throw translator.unsupported(set.getColumns().get(0));
            }
            int column = translator.column(set.getColumn(0));
            if (changes.put(column, translator.operand(column, set.getValue(0))) != null) {
                throw translator.error("column " + set.getColumn(0) + " is set twice", set.getColumn(0));
            }
        }
        return new Command.Update(rows(table, translator, update.getWhere()), changes);
    }

    private Command delete(Delete delete) {
        Delete supported = new Delete();
        supported.setTable(delete.getTable());
        supported.setWhere(delete.getWhere());
        checkSame(delete, supported.toString());
        TableDefinition table = table(delete.getTable());
        ConditionTranslator translator = new ConditionTranslator(sql, table, delete.getTable());
        return new Command.Delete(rows(table, translator, delete.getWhere()));
    }

    private static Query rows(TableDefinition table, ConditionTranslator translator, @Nullable Expression where) {
        List<Condition> conditions = translator.conditions(where);
        return Query.of(table).where(conditions);
    }

    private Table named(@Nullable FromItem from) {
        if (from instanceof Table table) {
            return table;
        }
        throw new SqlException(
                from == null ? "SELECT needs a table: FROM is missing" : "'" + from + "' is not a table",
                from == null ? Place.BEGIN : Place.of(sql, from));
    }

    private TableDefinition table(Table named) {
        String name = ConditionTranslator.name(named.getName());
        String plain = named.getName() + (named.getAlias() == null ? "" : named.getAlias());
        if (!named.toString().equals(plain)) {
            throw new SqlException("'" + named + "' is not supported as a table", Place.of(sql, named));
        }
        Optional<TableDefinition> table = catalog.find(name);
        return table.orElseThrow(() -> new SqlException(
                "there is no table " + name + "; there are "
                        + catalog.tables().stream().map(TableDefinition::name).toList(),
                Place.of(sql, named)));
    }

    private void checkSame(Object statement, String supported) {
        Unsupported.check(sql, statement.toString(), supported);
    }
}

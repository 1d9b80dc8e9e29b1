package storagelab.query.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.HexValue;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Table;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.TableDefinition;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Coercion;
import storagelab.query.plan.Condition;
import storagelab.query.plan.Condition.Comparison;
import storagelab.query.plan.Operand;

/** Translates what stands in a statement about the columns of one relation: conditions, names of columns, values. */
final class ConditionTranslator {
    private final String sql;
    private final TableDefinition table;
    private final List<String> qualifiers = new ArrayList<>();

    ConditionTranslator(String sql, TableDefinition table, Table named) {
        this.sql = sql;
        this.table = table;
        qualifiers.add(table.name());
        if (named.getAlias() != null) {
            qualifiers.add(name(named.getAlias().getName()));
        }
    }

    /** A name as it is in the catalog: in lower case, unless it stands between quotes. */
    static String name(String written) {
        boolean isQuoted = written.length() >= 2 && "\"`".indexOf(written.charAt(0)) >= 0;
        return isQuoted ? written.substring(1, written.length() - 1) : written.toLowerCase(Locale.ROOT);
    }

    /** The conditions of a WHERE, which are all to be fulfilled. */
    List<Condition> conditions(@Nullable Expression where) {
        List<Condition> conditions = new ArrayList<>();
        if (where != null) {
            add(where, conditions);
        }
        return conditions;
    }

    private void add(Expression part, List<Condition> conditions) {
        if (part instanceof AndExpression and) {
            add(and.getLeftExpression(), conditions);
            add(and.getRightExpression(), conditions);
        } else if (part instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            add((Expression) list.get(0), conditions);
        } else {
            conditions.add(condition(part));
        }
    }

    private Condition condition(Expression part) {
        if (part instanceof LikeExpression like) {
            check(like, like.getLeftExpression() + " LIKE " + like.getRightExpression());
            int column = column(like.getLeftExpression());
            if (table.schema().columns().get(column).type() != ColumnType.TEXT) {
                throw error("LIKE is for columns of type TEXT", like);
            }
            Condition.StartsWith startsWith =
                    new Condition.StartsWith(column, operand(column, like.getRightExpression()));
            if (startsWith.pattern() instanceof Operand.Literal literal && literal.value() != null) {
                checkPattern(startsWith, like);
            }
            return startsWith;
        } else if (part instanceof BinaryExpression binary) {
            return compare(binary);
        } else if (part instanceof Between between) {
            check(
                    between,
                    between.getLeftExpression() + " BETWEEN " + between.getBetweenExpressionStart() + " AND "
                            + between.getBetweenExpressionEnd());
            int column = column(between.getLeftExpression());
            return new Condition.Between(
                    column,
                    operand(column, between.getBetweenExpressionStart()),
                    operand(column, between.getBetweenExpressionEnd()));
        } else if (part instanceof IsNullExpression isNull) {
            int column = column(isNull.getLeftExpression());
            return isNull.isNot() ? new Condition.IsNotNull(column) : new Condition.IsNull(column);
        }
        throw unsupported(part);
    }

    private void checkPattern(Condition.StartsWith condition, Expression at) {
        try {
            BoundQuery unused =
                    BoundQuery.of(storagelab.query.plan.Query.of(table).where(List.of(condition)), List.of());
        } catch (IllegalArgumentException e) {
            throw error(String.valueOf(e.getMessage()), at);
        }
    }

    private Condition compare(BinaryExpression binary) {
        Comparison comparison = comparison(binary);
        Expression left = binary.getLeftExpression();
        Expression right = binary.getRightExpression();
        boolean isTurned = !isColumn(left) && isColumn(right);
        int column = column(isTurned ? right : left);
        return new Condition.Compare(
                column, isTurned ? turned(comparison) : comparison, operand(column, isTurned ? left : right));
    }

    private Comparison comparison(BinaryExpression binary) {
        if (binary instanceof EqualsTo) {
            return Comparison.EQUAL;
        } else if (binary instanceof MinorThan) {
            return Comparison.LESS;
        } else if (binary instanceof MinorThanEquals) {
            return Comparison.AT_MOST;
        } else if (binary instanceof GreaterThan) {
            return Comparison.GREATER;
        } else if (binary instanceof GreaterThanEquals) {
            return Comparison.AT_LEAST;
        }
        throw unsupported(binary);
    }

    private static Comparison turned(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> Comparison.EQUAL;
            case LESS -> Comparison.GREATER;
            case AT_MOST -> Comparison.AT_LEAST;
            case GREATER -> Comparison.LESS;
            case AT_LEAST -> Comparison.AT_MOST;
        };
    }

    private static boolean isColumn(Expression expression) {
        return expression instanceof net.sf.jsqlparser.schema.Column;
    }

    /** The place of a column of the relation. */
    int column(Expression expression) {
        if (!(expression instanceof net.sf.jsqlparser.schema.Column column)) {
            throw unsupported(expression);
        }
        check(column, column.getFullyQualifiedName());
        String qualifier = column.getTable() == null ? null : column.getTable().getFullyQualifiedName();
        if (qualifier != null && !qualifier.isEmpty() && !qualifiers.contains(name(qualifier))) {
            throw error("the statement has no table " + qualifier, column);
        }
        String name = name(column.getColumnName());
        List<Column> columns = table.schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw error(
                "table " + table.name() + " has no column " + name + "; it has "
                        + columns.stream().map(Column::name).toList(),
                column);
    }

    /** A value for a column, or a parameter. */
    Operand operand(int column, Expression expression) {
        return operand(table.schema().columns().get(column), expression);
    }

    /** A value for a column, or a parameter. */
    Operand operand(Column column, Expression expression) {
        if (expression instanceof JdbcParameter parameter) {
            return new Operand.Parameter(parameter.getIndex() - 1);
        }
        Object value = literal(expression);
        try {
            return Operand.of(Coercion.to(column, value));
        } catch (IllegalArgumentException e) {
            throw error(String.valueOf(e.getMessage()), expression);
        }
    }

    private @Nullable Object literal(Expression expression) {
        if (expression instanceof NullValue) {
            return null;
        } else if (expression instanceof LongValue number) {
            return new BigDecimal(number.getStringValue());
        } else if (expression instanceof DoubleValue number) {
            return new BigDecimal(number.toString());
        } else if (expression instanceof SignedExpression signed && "+-".indexOf(signed.getSign()) >= 0) {
            Object value = literal(signed.getExpression());
            if (value instanceof BigDecimal number) {
                return signed.getSign() == '-' ? number.negate() : number;
            }
        } else if (expression instanceof StringValue text && text.getPrefix() == null) {
            return text.getNotExcapedValue();
        } else if (expression instanceof BooleanValue bool) {
            return bool.getValue();
        } else if (expression instanceof DateTimeLiteralExpression moment) {
            String quoted = moment.getValue();
            return quoted.startsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;
        } else if (expression instanceof HexValue hex) {
            return bytes(hex);
        }
        throw unsupported(expression);
    }

    private Slice bytes(HexValue hex) {
        try {
            return Slice.wrap(HexFormat.of().parseHex(hex.getDigits()));
        } catch (IllegalArgumentException e) {
            throw error(hex + " is not a whole number of bytes in hexadecimal digits", hex);
        }
    }

    private void check(Expression part, String supported) {
        if (!part.toString().equals(supported)) {
            throw unsupported(part);
        }
    }

    SqlException unsupported(Object part) {
        return error("'" + part + "' is not supported here", part);
    }

    SqlException error(String what, Object part) {
        return new SqlException(what, Place.of(sql, part));
    }
}

package org.tim4j.tribuo.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;

/**
 * The metadata of a table: its dialect, its columns in order, and what holds between them.
 *
 * @param file the dialect
 * @param columns in the order of the file
 * @param constraints what holds in every row, as {@link Constraint#parse} reads it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableSchema(CsvFormat file, List<ColumnSchema> columns, List<String> constraints) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final ObjectWriter WRITER = JSON.writerWithDefaultPrettyPrinter();

  /**
   * @throws InvalidInputException if there is no column, two have one name, or a constraint names
   *     one that is not there
   */
  public TableSchema {
    file = file == null ? CsvFormat.DEFAULT : file;
    columns = columns == null ? List.of() : List.copyOf(columns);
    constraints = constraints == null ? List.of() : List.copyOf(constraints);
    if (columns.isEmpty()) {
      throw new InvalidInputException("the metadata names no columns");
    }
    Set<String> names = new HashSet<>();
    for (ColumnSchema column : columns) {
      if (!names.add(column.name())) {
        throw new InvalidInputException("the metadata has two columns '" + column.name() + "'");
      }
    }
  }

  /**
   * Reads a metadata file.
   *
   * @throws InvalidInputException if it cannot be read or says what is not understood
   */
  public static TableSchema read(Path path) {
    try {
      return fromJson(Files.readString(path));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + path + ": " + e, e);
    } catch (TimException e) {
      throw new InvalidInputException(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads metadata.
   *
   * @throws InvalidInputException if they are not understood
   */
  public static TableSchema fromJson(String json) {
    try {
      return JSON.readValue(json, TableSchema.class);
    } catch (JsonMappingException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof TimException explained) {
          throw explained;
        }
      }
      throw new InvalidInputException("not the metadata of a table: " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The metadata as a file holds them. */
  public String toJson() {
    try {
      return WRITER.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of texts and numbers can always be written", e);
    }
  }

  /** The names of all columns, in order. */
  public List<String> names() {
    return columns.stream().map(ColumnSchema::name).toList();
  }

  /** The columns that the generator learns, in order. */
  public List<ColumnSchema> learnt() {
    return columns.stream().filter(column -> column.type().isLearnt()).toList();
  }

  /** The column of that name. */
  public Optional<ColumnSchema> find(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /**
   * The column of that name.
   *
   * @throws InvalidInputException if there is none
   */
  public ColumnSchema column(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "there is no column '" + name + "'; there are " + String.join(", ", names())));
  }

  /** The text of a value of a column, as a file holds it. */
  public String text(TableColumn values, double value) {
    ColumnSchema column = column(values.name());
    if (Double.isNaN(value)) {
      return column.missingText();
    }
    return values.isCategorical()
        ? values.categories().get((int) value)
        : new NumericCells(column).format(value);
  }

  /** The same with another column in the place of one of its name. */
  public TableSchema with(ColumnSchema column) {
    return new TableSchema(
        file,
        columns.stream().map(old -> old.name().equals(column.name()) ? column : old).toList(),
        constraints);
  }

  /** The same with more constraints. */
  public TableSchema withConstraints(List<String> more) {
    return new TableSchema(
        file, columns, Stream.concat(constraints.stream(), more.stream()).distinct().toList());
  }
}

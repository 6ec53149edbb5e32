package org.tim4j.arbiter.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A log that survives the end of its process, however sudden: a file of JSON lines that is only
 * appended to, each line forced to the disk before the candidate counts as ended. The first line
 * says which sweep the others belong to. A line that was cut off while it was written is dropped
 * when the file is opened again.
 */
public final class Journal extends RunLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a journal, a new one if there is no such file, and keeps others from opening it.
   *
   * @param file its folder must exist
   * @param sweep what makes the sweep what it is
   * @throws InvalidInputException if the file belongs to another sweep, is damaged, is in use or
   *     cannot be written
   */
  public static Journal open(Path file, JsonNode sweep) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(file, channel);
      Journal journal = new Journal(channel);
      journal.readOrBegin(file, sweep);
      return journal;
    } catch (IOException e) {
      close(channel);
      throw new InvalidInputException("cannot use the journal " + file + ": " + e, e);
    } catch (InvalidInputException e) {
      close(channel);
      throw e;
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      throw new InvalidInputException(
          "the journal " + file + " is in use by another sweep; wait for it or give another file");
    }
  }

  private void readOrBegin(Path file, JsonNode sweep) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    channel.truncate(end);
    channel.position(end);
    if (end == 0) {
      write(sweep.toString());
      return;
    }
    String[] lines = new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n");
    // Through text, as a tree made in memory may hold the same numbers in other types.
    if (!parse(file, lines, 0, JsonNode.class).equals(JSON.readTree(sweep.toString()))) {
      throw new InvalidInputException(
          "the journal "
              + file
              + " belongs to another sweep; give the settings that it was begun with, or another"
              + " file");
    }
    for (int i = 1; i < lines.length; i++) {
      super.append(parse(file, lines, i, CandidateRecord.class));
    }
  }

  private static <T> T parse(Path file, String[] lines, int line, Class<T> type) {
    try {
      return JSON.readValue(lines[line], type);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "line "
              + (line + 1)
              + " of the journal "
              + file
              + " is damaged: "
              + e.getOriginalMessage(),
          e);
    }
  }

  @Override
  public synchronized void append(CandidateRecord entry) {
    try {
      write(JSON.writeValueAsString(entry));
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be written", e);
    }
    super.append(entry);
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

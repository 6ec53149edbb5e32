package org.tim4j.layers.weights;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Length and SHA-256 sum of a file, so that every later change of it can be seen.
 *
 * @param bytes length of the file
 * @param sha256 64 hexadecimal digits, as {@code sha256sum} prints them
 */
record FileDigest(
    @JsonProperty(required = true) long bytes, @JsonProperty(required = true) String sha256) {

  static FileDigest of(Path file) throws IOException {
    MessageDigest digest = sha256Algorithm();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      long bytes = content.transferTo(OutputStream.nullOutputStream());
      return new FileDigest(bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static MessageDigest sha256Algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must offer SHA-256", e);
    }
  }
}

package org.tim4j.cli.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.tim4j.layers.base.InvalidInputException;
import org.w3c.dom.NodeList;

/**
 * PNG files with texts: in {@code tEXt} chunks if they are Latin-1, otherwise in {@code iTXt} ones
 * (ISO/IEC 15948, section 11.3.4).
 */
public final class PngFile {
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final String TEXTS = "tEXt";
  private static final String ENTRY = "tEXtEntry";
  private static final String INTERNATIONAL_TEXTS = "iTXt";
  private static final String INTERNATIONAL_ENTRY = "iTXtEntry";

  private PngFile() {}

  /**
   * Writes an image.
   *
   * @param texts text by keyword, which is Latin-1
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Path file, BufferedImage image, Map<String, String> texts) {
    try (OutputStream raw = Files.newOutputStream(file)) {
      write(raw, image, texts);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes an image to a stream, which stays open.
   *
   * @param texts text by keyword, which is Latin-1
   */
  public static void write(OutputStream raw, BufferedImage image, Map<String, String> texts)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(raw)) {
      writer.setOutput(out);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
      metadata.mergeTree(FORMAT, tree(texts));
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadataNode tree(Map<String, String> texts) {
    IIOMetadataNode latin = new IIOMetadataNode(TEXTS);
    IIOMetadataNode international = new IIOMetadataNode(INTERNATIONAL_TEXTS);
    texts.forEach(
        (keyword, value) -> {
          boolean isLatin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(value);
          IIOMetadataNode entry = new IIOMetadataNode(isLatin ? ENTRY : INTERNATIONAL_ENTRY);
          entry.setAttribute("keyword", keyword);
          entry.setAttribute(isLatin ? "value" : "text", value);
          if (!isLatin) {
            entry.setAttribute("compressionFlag", "FALSE");
            entry.setAttribute("compressionMethod", "0");
            entry.setAttribute("languageTag", "");
            entry.setAttribute("translatedKeyword", "");
          }
          (isLatin ? latin : international).appendChild(entry);
        });
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    for (IIOMetadataNode list : List.of(international, latin)) {
      if (list.hasChildNodes()) {
        root.appendChild(list);
      }
    }
    return root;
  }

  /**
   * Reads the texts of a PNG file, in their order.
   *
   * @throws InvalidInputException if the file cannot be read
   */
  public static Map<String, String> texts(Path file) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (InputStream raw = Files.newInputStream(file);
        ImageInputStream in = ImageIO.createImageInputStream(raw)) {
      reader.setInput(in);
      IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree(FORMAT);
      Map<String, String> texts = new LinkedHashMap<>();
      collect(root.getElementsByTagName(ENTRY), "value", texts);
      collect(root.getElementsByTagName(INTERNATIONAL_ENTRY), "text", texts);
      return texts;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  private static void collect(NodeList entries, String attribute, Map<String, String> texts) {
    for (int i = 0; i < entries.getLength(); i++) {
      IIOMetadataNode entry = (IIOMetadataNode) entries.item(i);
      texts.put(entry.getAttribute("keyword"), entry.getAttribute(attribute));
    }
  }
}

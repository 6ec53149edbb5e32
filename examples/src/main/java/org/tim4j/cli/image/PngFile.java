package org.tim4j.cli.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.tim4j.layers.base.InvalidInputException;
import org.w3c.dom.NodeList;

/** PNG files with texts in their {@code tEXt} chunks (ISO/IEC 15948, section 11.3.4). */
public final class PngFile {
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final String TEXTS = "tEXt";
  private static final String ENTRY = "tEXtEntry";

  private PngFile() {}

  /**
   * Writes an image.
   *
   * @param texts text by keyword, Latin-1
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
   * @param texts text by keyword, Latin-1
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

  private static IIOMetadataNode tree(Map<String, String> texts) throws IIOInvalidTreeException {
    IIOMetadataNode list = new IIOMetadataNode(TEXTS);
    texts.forEach(
        (keyword, value) -> {
          IIOMetadataNode entry = new IIOMetadataNode(ENTRY);
          entry.setAttribute("keyword", keyword);
          entry.setAttribute("value", value);
          list.appendChild(entry);
        });
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(list);
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
      NodeList entries = root.getElementsByTagName(ENTRY);
      Map<String, String> texts = new LinkedHashMap<>();
      for (int i = 0; i < entries.getLength(); i++) {
        IIOMetadataNode entry = (IIOMetadataNode) entries.item(i);
        texts.put(entry.getAttribute("keyword"), entry.getAttribute("value"));
      }
      return texts;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }
}

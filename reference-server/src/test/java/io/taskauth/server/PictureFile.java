package io.taskauth.server;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes a picture as small as it gets without losing anything. */
final class PictureFile {
  private static final int PALETTE = 256;

  private PictureFile() {}

  static void write(byte[] png, Path file) throws IOException {
    BufferedImage picture = lean(ImageIO.read(new ByteArrayInputStream(png)));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam smallest = writer.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), smallest);
    } finally {
      writer.dispose();
    }
    Files.write(file, bytes.toByteArray());
  }

  /** With a palette where there are few colours, and never with transparency. */
  private static BufferedImage lean(BufferedImage from) {
    int width = from.getWidth();
    int height = from.getHeight();
    int[] pixels = from.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> colours = new LinkedHashMap<>();
    for (int pixel : pixels) {
      if (colours.size() <= PALETTE) {
        colours.putIfAbsent(pixel, colours.size());
      }
    }
    if (colours.size() > PALETTE) {
      BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      opaque.setRGB(0, 0, width, height, pixels, 0, width);
      return opaque;
    }
    int[] palette = colours.keySet().stream().mapToInt(Integer::intValue).toArray();
    IndexColorModel model =
        new IndexColorModel(
            8, palette.length, palette, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = colours.get(pixels[y * width + x]).byteValue();
      }
      indexed.getRaster().setDataElements(0, y, width, 1, row);
    }
    return indexed;
  }
}
